/** The texts that a module goes by, and what becomes of each when the module gets another name. */
import type { Alias } from "../../../ast/nodes.ts";
import type { ResolvedModule } from "../../../resolve/resolved.ts";
import type { PlacedOccurrence } from "../../names/occurrences.ts";

/** The new text at a place; undefined when the place stays as it is, null when no text would do. */
export function renamedAt(place: PlacedOccurrence, module: ResolvedModule, name: string): string | null | undefined {
  const { file, span, role } = place;
  const written = file.source.text.slice(span.start, span.end);
  if (written === module.name) return name;
  if (role === "definition" || isInBraces(place)) return withoutPrefix(module.name, written, name);
  const alias = aliasesAt(place).find(({ as }) => written === as.text || written.startsWith(`${as.text}.`));
  if (!alias) return undefined;
  if (alias.module.text === module.name) return isNamed(alias) ? undefined : lastSegment(name);
  const inside = `${alias.module.text}.`;
  return name.startsWith(inside) ? `${alias.as.text}.${name.slice(inside.length)}` : name;
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** `B` of `A.{B, C}`, or of a module written inside another: what is before it stands elsewhere. */
function withoutPrefix(before: string, written: string, name: string): string | null {
  const prefix = before.slice(0, before.length - written.length);
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}

function isInBraces({ file, span }: PlacedOccurrence): boolean {
  return aliases(file).some((alias) => alias.module.span.start === span.start && alias.module.span.end === span.end);
}

/** The aliases of the module around a place. */
function aliasesAt({ file, span }: PlacedOccurrence): Alias[] {
  const around = file.modules.filter((module) => module.span.start <= span.start && span.end <= module.span.end);
  return around.flatMap(({ items }) => items.filter((item) => item.kind === "alias"));
}

function aliases({ modules }: PlacedOccurrence["file"]): Alias[] {
  return modules.flatMap(({ items }) => items.filter((item) => item.kind === "alias"));
}

/** `alias A.B, as: C` gives a name of its own, which a rename leaves alone. */
function isNamed({ as, module }: Alias): boolean {
  return as.span.start >= module.span.end;
}
