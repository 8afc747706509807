/** Type variables of signatures: found out from the arguments, then put in. */
import { anyValue } from "./access.ts";
import { dynamic, none, string, tupleOf } from "./construct.ts";
import { mapFields, membersOf, union } from "./join.ts";
import type { Type } from "./type.ts";

export type Bindings = Map<string, Type>;

/** Learns what variables stand for from a parameter's type and an argument's. */
export function learnVariables(param: Type, actual: Type, bindings: Bindings): void {
  switch (param.kind) {
    case "variable":
      bindings.set(param.name, union(bindings.get(param.name) ?? none, actual));
      break;
    case "list":
      learnVariables(param.element, union(...membersOf(actual).map(itemsOf)), bindings);
      break;
    case "tuple":
      learnTuple(param.items, actual, bindings);
      break;
    case "record":
      learnRecord(param, actual, bindings);
      break;
    case "fn":
      if (actual.kind === "fn") learnVariables(param.result, actual.result, bindings);
      else learnVariables(param.result, dynamic, bindings);
      break;
    case "union":
      for (const member of param.members) learnMember(member, actual, bindings);
      break;
    default:
      break;
  }
}

function itemsOf(actual: Type): Type {
  if (actual.kind === "list") return actual.element;
  if (actual.kind === "tuple") return union(...actual.items);
  if (actual.kind === "record") return tupleOf(string, anyValue(actual));
  return actual.kind === "dynamic" ? dynamic : none;
}

function learnTuple(items: readonly Type[], actual: Type, bindings: Bindings): void {
  const candidates = membersOf(actual).filter(
    (member) => member.kind === "tuple" && member.items.length === items.length,
  );
  for (const [index, item] of items.entries()) {
    const types = candidates.map((member) => (member.kind === "tuple" ? (member.items[index] ?? dynamic) : dynamic));
    learnVariables(item, candidates.length === 0 ? dynamic : union(...types), bindings);
  }
}

function learnRecord(param: Extract<Type, { kind: "record" }>, actual: Type, bindings: Bindings): void {
  // Of `map()` there is nothing to learn.
  if (!param.rest || param.rest.kind === "dynamic") return;
  const values = membersOf(actual).flatMap((member) =>
    member.kind === "record"
      ? [...[...member.fields.values()].map((field) => field.type), member.rest ?? none]
      : [dynamic],
  );
  learnVariables(param.rest, union(...values), bindings);
}

/** Of a union, the part that has the argument's form tells something; a map goes through as a list of its pairs. */
function learnMember(member: Type, actual: Type, bindings: Bindings): void {
  const fitting = membersOf(actual).filter(
    ({ kind }) => kind === "dynamic" || kind === member.kind || (kind === "record" && member.kind === "list"),
  );
  if (member.kind === "variable") learnVariables(member, actual, bindings);
  else if (fitting.length > 0) learnVariables(member, union(...fitting), bindings);
}

/** The type with its variables replaced; what nothing was learnt of is `dynamic`. */
export function substitute(type: Type, bindings: ReadonlyMap<string, Type>): Type {
  switch (type.kind) {
    case "variable":
      return bindings.get(type.name) ?? dynamic;
    case "list":
      return { kind: "list", element: substitute(type.element, bindings) };
    case "tuple":
      return { kind: "tuple", items: type.items.map((item) => substitute(item, bindings)) };
    case "record": {
      const record = mapFields(type, (field) => ({ type: substitute(field.type, bindings), optional: field.optional }));
      return { ...record, rest: record.rest && substitute(record.rest, bindings) };
    }
    case "fn":
      return {
        kind: "fn",
        params: type.params.map((param) => substitute(param, bindings)),
        result: substitute(type.result, bindings),
      };
    case "union":
      return union(...type.members.map((member) => substitute(member, bindings)));
    default:
      return type;
  }
}

/** The names of the variables in a type. */
export function variablesIn(type: Type): readonly string[] {
  switch (type.kind) {
    case "variable":
      return [type.name];
    case "list":
      return variablesIn(type.element);
    case "tuple":
      return type.items.flatMap(variablesIn);
    case "union":
      return type.members.flatMap(variablesIn);
    case "fn":
      return [...type.params, type.result].flatMap(variablesIn);
    case "record":
      return [...[...type.fields.values()].map((field) => field.type), ...(type.rest ? [type.rest] : [])].flatMap(
        variablesIn,
      );
    default:
      return [];
  }
}
