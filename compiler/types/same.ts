/** Whether two types are the same in every respect, the order in which they are shown included. */
import type { Origin } from "../resolve/resolved.ts";
import type { Span } from "../source/source.ts";
import type { Writes } from "./flow.ts";
import type { FieldOf, RecordOf, Type } from "./type.ts";

/** What is known of types by their identity. */
export interface Marks {
  readonly timeoutValues: { readonly get: (type: Type) => { readonly span: Span } | undefined };
  readonly childFailures: { readonly has: (type: Type) => boolean };
  readonly origins: { readonly get: (record: RecordOf) => Origin | undefined };
}

export function sameType(left: Type, right: Type, marks: Marks): boolean {
  if (left === right) return true;
  return sameMarks(left, right, marks) && sameStructure(left, right, marks);
}

function sameMarks(left: Type, right: Type, { timeoutValues, childFailures, origins }: Marks): boolean {
  const [before, now] = [timeoutValues.get(left), timeoutValues.get(right)];
  // The span of the same node: that of one that is gone does not move any more.
  const samePlace = before?.span === now?.span;
  const [from, to] = [left, right].map((type) => (type.kind === "record" ? origins.get(type) : undefined));
  const sameOrigin = from?.workflow === to?.workflow && from?.role === to?.role;
  return samePlace && sameOrigin && childFailures.has(left) === childFailures.has(right);
}

function sameStructure(left: Type, right: Type, marks: Marks): boolean {
  switch (left.kind) {
    case "literal":
      return right.kind === "literal" && left.form === right.form && Object.is(left.value, right.value);
    case "list":
      return right.kind === "list" && sameType(left.element, right.element, marks);
    case "tuple":
      return right.kind === "tuple" && sameTypes(left.items, right.items, marks);
    case "record":
      return (
        right.kind === "record" &&
        sameFields(left.fields, right.fields, marks) &&
        sameOptional(left.rest, right.rest, marks)
      );
    case "union":
      return right.kind === "union" && sameTypes(left.members, right.members, marks);
    case "fn":
      return (
        right.kind === "fn" && sameTypes(left.params, right.params, marks) && sameType(left.result, right.result, marks)
      );
    case "variable":
      return right.kind === "variable" && left.name === right.name;
    default:
      return left.kind === right.kind;
  }
}

export function sameTypes(left: readonly Type[], right: readonly Type[], marks: Marks): boolean {
  return left.length === right.length && left.every((type, index) => sameType(type, right[index]!, marks));
}

function sameOptional(left: Type | null, right: Type | null, marks: Marks): boolean {
  return left && right ? sameType(left, right, marks) : left === right;
}

function sameFields(left: ReadonlyMap<string, FieldOf>, right: ReadonlyMap<string, FieldOf>, marks: Marks): boolean {
  if (left.size !== right.size) return false;
  const others = [...right];
  return [...left].every(([key, field], index) => {
    const [otherKey, other] = others[index]!;
    return key === otherKey && field.optional === other.optional && sameType(field.type, other.type, marks);
  });
}

export function sameWrites(left: Writes, right: Writes, marks: Marks): boolean {
  return (
    sameFields(left.fields, right.fields, marks) &&
    sameOptional(left.rest, right.rest, marks) &&
    [...left.deleted].join() === [...right.deleted].join()
  );
}
