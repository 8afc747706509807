/**
 * Every name of a file with what it means, in the order of the text. What means nothing is absent. Definition, references,
 * rename, hover and colours are all read from this one list.
 */
import type { ModuleItem, SourceFile } from "../../ast/nodes.ts";
import type { ResolvedModule } from "../../resolve/resolved.ts";
import type { Snapshot } from "../../session.ts";
import { type Collector, define, refer } from "./collector.ts";
import { collectNames } from "./expressions.ts";
import { referToModule } from "./modules.ts";
import { contains } from "./name-span.ts";
import { identityOf, type NameSymbol, type Occurrence } from "./symbol.ts";
import { collectType } from "./types.ts";
import { collectWorkflow } from "./workflows.ts";

const known = new WeakMap<Snapshot, Map<SourceFile, readonly Occurrence[]>>();

export function occurrencesIn(snapshot: Snapshot, file: SourceFile): readonly Occurrence[] {
  const files = known.get(snapshot) ?? new Map<SourceFile, readonly Occurrence[]>();
  known.set(snapshot, files);
  const before = files.get(file);
  if (before) return before;
  const found = collect(snapshot, file);
  files.set(file, found);
  return found;
}

/** The name at a place; just behind its last letter still counts. The shortest wins: an alias is part of a module's name. */
export function occurrenceAt(snapshot: Snapshot, file: SourceFile, offset: number): Occurrence | null {
  const here = occurrencesIn(snapshot, file).filter(({ span }) => contains(span, offset));
  const length = ({ span }: Occurrence) => span.end - span.start;
  return here.sort((a, b) => length(a) - length(b))[0] ?? null;
}

export interface PlacedOccurrence extends Occurrence {
  readonly file: SourceFile;
}

/** All places of one symbol, in all files. */
export function occurrencesOf(snapshot: Snapshot, symbol: NameSymbol): PlacedOccurrence[] {
  const identity = identityOf(symbol);
  return [...snapshot.files.values()].flatMap((file) =>
    occurrencesIn(snapshot, file)
      .filter((each) => each.symbol.kind === symbol.kind && identityOf(each.symbol) === identity)
      .map((each) => ({ ...each, file })),
  );
}

/** What stands at the top of a file belongs to each of its modules, so a place may come up more than once. */
function collect(snapshot: Snapshot, file: SourceFile): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const ast of file.modules) {
    const module = snapshot.program.resolved.modules.get(ast.name.text);
    if (module?.ast !== ast) continue;
    const environment = snapshot.environmentOf(module);
    collectModule({ snapshot, source: file.source, module, environment, found });
  }
  const places = new Map(found.map((each) => [placeOf(each), each]));
  for (const each of found) if (each.role === "definition") places.set(placeOf(each), each);
  return [...places.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** A key of the data says more than the field that it is read as. */
function placeOf({ span, symbol: { kind } }: Occurrence): string {
  return `${span.start}-${span.end}-${kind === "field" ? "dataKey" : kind}`;
}

function collectModule(collector: Collector): void {
  const { module } = collector;
  define(collector, module.ast.name.span, { kind: "module", module });
  for (const item of module.ast.items) collectItem(item, module, collector);
  for (const workflow of module.workflows) collectWorkflow(workflow, collector);
}

function collectItem(item: ModuleItem, module: ResolvedModule, collector: Collector): void {
  switch (item.kind) {
    case "use":
    case "require":
    case "alias":
      collectDirective(item, collector);
      break;
    case "foreignImport":
      referToModule(collector, item.name.span, item.name.text);
      referToModule(collector, item.from.span, item.name.text);
      break;
    case "constant":
      define(collector, item.name.span, { kind: "constant", constant: item, module });
      collectNames(item.value, collector);
      break;
    case "typeDefinition":
      define(collector, item.name.span, { kind: "type", type: item, module });
      collectType(item.type, collector);
      break;
    case "spec": {
      const definition = module.functions.get(`${item.name.text}/${item.params.length}`);
      if (definition) refer(collector, item.name.span, { kind: "function", function: definition });
      for (const type of [...item.params, item.result]) collectType(type, collector);
      break;
    }
    case "functionClause": {
      const definition = module.functions.get(`${item.name.text}/${item.params.length}`);
      if (definition) define(collector, item.name.span, { kind: "function", function: definition });
      collectNames(item, collector);
      break;
    }
    default:
      break;
  }
}

/** The name of a module whole, and where an alias gives another name, that too. */
function collectDirective(
  item: Extract<ModuleItem, { kind: "use" | "require" | "alias" }>,
  collector: Collector,
): void {
  const { module } = collector;
  // A module inside another goes by an alias that nobody wrote.
  if (module.file.modules.some(({ name }) => name.span === item.module.span)) return;
  const environment = { ...collector.environment, aliases: new Map<string, string>() };
  const unaliased = { ...collector, environment };
  referToModule(unaliased, item.module.span, item.module.text);
  const isRenamed = item.kind === "alias" && item.as.span.start >= item.module.span.end;
  if (isRenamed) referToModule(unaliased, item.as.span, item.module.text);
}
