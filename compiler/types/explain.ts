import { compatible } from "./assignable.ts";
import { membersOf } from "./join.ts";
import { show } from "./show.ts";
import type { RecordOf, Type } from "./type.ts";

/** Why no value of one type is one of the other, in words: the differing part only. */
export function whyNot(from: Type, to: Type): string {
  return difference(from, to) ?? `it takes ${show(to)}, but this is ${show(from)}`;
}

/** Two types that do not fit, as a message shows them. */
export function compared(actual: Type, expected: Type) {
  return { expected: show(expected), actual: show(actual), difference: difference(actual, expected) };
}

/** What differs inside of two types that are alike on the outside; null where they differ as a whole. */
export function difference(from: Type, to: Type): string | null {
  return differenceAt(from, to, []);
}

function differenceAt(from: Type, to: Type, path: readonly string[]): string | null {
  const given = membersOf(from).find(({ kind }) => kind !== "nil") ?? from;
  const wanted = closest(given, to);
  if (given.kind === "record" && wanted?.kind === "record") return recordDifference(given, wanted, path);
  if (given.kind === "tuple" && wanted?.kind === "tuple") {
    const index = given.items.findIndex((item, at) => !compatible(item, wanted.items[at] ?? item));
    const [item, expected] = [given.items[index], wanted.items[index]];
    if (item && expected) return differenceAt(item, expected, path) ?? leaf(item, expected, path, `item ${index + 1}`);
  }
  return null;
}

function recordDifference(from: RecordOf, to: RecordOf, path: readonly string[]): string | null {
  for (const [key, field] of to.fields) {
    const given = from.fields.get(key);
    if (!given && !field.optional && from.rest === null) return `the key \`${[...path, key].join(".")}\` is missing`;
    if (!given || compatible(given.type, field.type)) continue;
    const inner = [...path, key];
    return differenceAt(given.type, field.type, inner) ?? leaf(given.type, field.type, inner, "");
  }
  const extra = [...from.fields].find(([key, field]) => !to.fields.has(key) && !field.optional && to.rest === null);
  if (!extra) return null;
  return path.length === 0 ? `it takes no key \`${extra[0]}\`` : `\`${path.join(".")}\` takes no key \`${extra[0]}\``;
}

function leaf(from: Type, to: Type, path: readonly string[], item: string): string {
  const where = [item, path.length > 0 ? `\`${path.join(".")}\`` : ""].filter((part) => part !== "").join(" of ");
  return `${where} takes ${show(to)}, but is ${show(from)}`;
}

/** The member that was most likely meant: one with the same tag, or else the only one of the same kind. */
function closest(from: Type, to: Type): Type | null {
  const alike = membersOf(to).filter((member) => isAlike(from, member));
  const tagged = alike.filter((member) => hasSameTag(from, member));
  const [only, another] = tagged.length > 0 ? tagged : alike;
  return only && !another ? only : null;
}

function isAlike(from: Type, to: Type): boolean {
  return (
    from.kind === to.kind && (from.kind !== "tuple" || to.kind !== "tuple" || from.items.length === to.items.length)
  );
}

/** `{:ok, x}` and `{:ok, y}`, `%{kind: "circle", …}` twice. */
function hasSameTag(from: Type, to: Type): boolean {
  if (from.kind === "tuple" && to.kind === "tuple") return isSameLiteral(from.items[0], to.items[0]);
  if (from.kind !== "record" || to.kind !== "record") return false;
  return [...to.fields].some(([key, { type }]) => isSameLiteral(from.fields.get(key)?.type, type));
}

function isSameLiteral(from: Type | undefined, to: Type | undefined): boolean {
  return from?.kind === "literal" && to?.kind === "literal" && from.value === to.value;
}
