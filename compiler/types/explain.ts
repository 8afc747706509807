import { compatible } from "./assignable.ts";
import { show } from "./show.ts";
import type { RecordOf, Type } from "./type.ts";

/** Why no value of one type is one of the other, in words: the differing part only. */
export function whyNot(from: Type, to: Type): string {
  if (from.kind === "record" && to.kind === "record") return whyNotRecord(from, to);
  return `it takes ${show(to)}, but this is ${show(from)}`;
}

function whyNotRecord(from: RecordOf, to: RecordOf): string {
  for (const [key, field] of to.fields) {
    const given = from.fields.get(key);
    if (!given && !field.optional && from.rest === null) return `the key \`${key}\` is missing`;
    if (given && !compatible(given.type, field.type)) {
      return `\`${key}\` takes ${show(field.type)}, but is ${show(given.type)}`;
    }
  }
  const extra = [...from.fields].find(([key, field]) => !to.fields.has(key) && !field.optional && to.rest === null);
  return extra ? `it takes no key \`${extra[0]}\`` : `it takes ${show(to)}, but this is ${show(from)}`;
}
