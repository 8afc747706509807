/**
 * What TypeScript knows of an expression in the emitted code. The checker may know more, from tests that TypeScript does
 * not follow, so the plain form of an operation is chosen by what both know. `dynamic` is what TypeScript takes as it
 * comes: there the checker alone decides.
 */
import type { Expr, TupleExpr } from "../ast/nodes.ts";
import { defaultsOf } from "../ir/lower/defaults.ts";
import type { Facts } from "../ir/lower/facts.ts";
import type { FunctionDefinition } from "../resolve/resolved.ts";
import { readKey } from "../types/access.ts";
import { dynamic, listOf, nil, none, recordOf, required, string, tupleOf } from "../types/construct.ts";
import { membersOf, union, widen } from "../types/join.ts";
import { isScalar, mayEqual } from "../types/shape.ts";
import type { Type } from "../types/type.ts";
import { constantOf } from "./constant.ts";
import type { Scope } from "./scope.ts";

export function seen(expr: Expr, scope: Scope): Type {
  switch (expr.kind) {
    case "variable": {
      const local = scope.facts.localOf(expr);
      return local ? scope.names.seen(local) : dynamic;
    }
    case "captureArgument":
      return scope.captures.at(-1)?.[expr.index - 1]?.type ?? dynamic;
    case "field":
      return seenKey(seen(expr.object, scope), expr.key.text);
    case "access": {
      const key = constantOf(expr.key, scope);
      return typeof key === "string" ? seenKey(seen(expr.object, scope), key) : dynamic;
    }
    case "call":
      return seenCall(expr, scope);
    case "tuple":
      return seenTuple(expr, scope);
    case "list":
      return expr.tail ? dynamic : listOf(widen(union(...expr.items.map((item) => seen(item, scope)))));
    case "map":
      return seenMap(expr, scope);
    case "if":
      return expr.else ? union(seen(expr.then, scope), seen(expr.else, scope)) : dynamic;
    case "block":
      return expr.expressions[0] ? seen(expr.expressions[0], scope) : nil;
    case "interpolation":
      return seenText(expr.parts, scope);
    case "binary":
      return expr.operator === "<>" ? seenText([expr.left, expr.right], scope) : dynamic;
    case "literal":
    case "constantRef":
    case "unary":
    case "sigil":
      return scope.facts.typeOf(expr);
    default:
      return dynamic;
  }
}

/** A key that may be absent reads as nil; what is not a map with that key is read through the runtime. */
export function seenKey(object: Type, key: string): Type {
  const { type, keyless, absent, optional } = readKey(object, key);
  const isPlain = object.kind !== "none" && keyless.length + absent.length === 0 && type.kind !== "none";
  if (!isPlain || membersOf(object).some(({ kind }) => kind !== "record")) return dynamic;
  return optional.length > 0 ? union(type, nil) : type;
}

function seenCall(call: Extract<Expr, { kind: "call" }>, scope: Scope): Type {
  const target = scope.facts.targetOf(call);
  if (target?.kind === "function") return declaredResult(scope.facts.program.signatureOf(target.function).result);
  if (target?.kind === "foreign") return target.export.result;
  const name = target?.kind === "prelude" ? `${target.function.module}.${target.function.name}` : "";
  const [first] = call.args;
  const list = first && name.startsWith("core.") ? seen(first, scope) : dynamic;
  if (list.kind === "list" && name === "core.elements") return list;
  if (list.kind === "list" && name === "core.item") return list.element;
  return name === "Durable.Context.input" && inputText(call, scope) !== "" ? scope.facts.typeOf(call) : dynamic;
}

/**
 * What the parameters of an emitted function are declared as. One with a default may be left out, and one that is taken
 * apart by clauses has another type in each, so nothing is said of those.
 */
export function paramTypes(definition: FunctionDefinition, { program }: Facts): Type[] {
  const { params } = program.signatureOf(definition);
  const [only, ...others] = definition.clauses.filter(({ body }) => body !== null);
  const defaults = defaultsOf(definition);
  const isWhole = (index: number) =>
    others.length === 0 &&
    only?.guard === null &&
    only.params[index]?.pattern.kind === "variablePattern" &&
    defaults[index] === null;
  return params.map((type, index) => (definition.spec !== null && isWhole(index) ? widen(type) : dynamic));
}

/** What a function is declared to give; what is no scalar may be built in ways that TypeScript cannot follow. */
export function declaredResult(result: Type): Type {
  return isScalar(result) ? widen(result) : dynamic;
}

/** `<OrderInput>`, in a step of a workflow that declares its input. */
export function inputText(call: Expr, scope: Scope): string {
  const type = scope.facts.typeOf(call);
  const name = type.kind === "record" ? scope.file.recordName(type) : null;
  return name === null ? "" : `<${name}>`;
}

/** `ok(value)` and its like are tuples; others are written `as const` where they get a name. */
function seenTuple({ items }: TupleExpr, scope: Scope): Type {
  return tupleOf(...items.map((item) => (item.kind === "literal" ? scope.facts.typeOf(item) : seen(item, scope))));
}

function seenMap(expr: Extract<Expr, { kind: "map" }>, scope: Scope): Type {
  if (expr.base) return dynamic;
  const entries = expr.entries.map(({ key, value }) => ({ key: constantOf(key, scope), type: seen(value, scope) }));
  if (entries.some(({ key }) => typeof key !== "string")) return dynamic;
  return recordOf(entries.map(({ key, type }) => [String(key), required(widen(type))] as const));
}

/** TypeScript computes a text of which it knows all the parts. */
function seenText(parts: readonly (string | Expr)[], scope: Scope): Type {
  const known = parts.map((part) => (typeof part === "string" ? part : literalIn(seen(part, scope))));
  return known.includes(null) ? string : { kind: "literal", form: "string", value: known.join("") };
}

function literalIn(type: Type): string | null {
  return type.kind === "literal" ? String(type.value) : null;
}

/** What may be relied on for the plain form of an operation. */
export function known(expr: Expr, scope: Scope): Type {
  return agreed(seen(expr, scope), scope.facts.typeOf(expr));
}

export function agreed(seenType: Type, checked: Type): Type {
  return seenType.kind === "dynamic" || seenType.kind === "none" ? checked : seenType;
}

/** Whether TypeScript lets two values be compared: it refuses what can never be equal. */
export function comparable(left: Expr, right: Expr, scope: Scope): boolean {
  const { typeOf } = scope.facts;
  return mayEqual(known(left, scope), known(right, scope)) && mayEqual(typeOf(left), typeOf(right));
}

/** Whether TypeScript takes every value of one type where the other is asked for. */
export function accepts(to: Type, from: Type): boolean {
  if (from.kind === "dynamic" || from.kind === "none") return true;
  if (from.kind === "union") return from.members.every((member) => accepts(to, member));
  if (to.kind === "union") return to.members.some((member) => accepts(member, from));
  if (to.kind === "dynamic" || to.kind === "variable") return true;
  if (to.kind === "fn" || from.kind === "fn") return false;
  if (to.kind === "list") return from.kind === "list" && accepts(to.element, from.element);
  if (to.kind === "tuple") return from.kind === "tuple" && acceptsAll(to.items, from.items);
  if (to.kind === "record") return from.kind === "record" && acceptsRecord(to, from);
  if (to.kind === "literal") return from.kind === "literal" && from.value === to.value;
  return scalarOf(from) !== null && scalarOf(from) === scalarOf(to);
}

function acceptsAll(to: readonly Type[], from: readonly Type[]): boolean {
  return to.length === from.length && to.every((item, index) => accepts(item, from[index] ?? none));
}

function acceptsRecord(to: Extract<Type, { kind: "record" }>, from: Extract<Type, { kind: "record" }>): boolean {
  if (to.rest?.kind === "dynamic" && to.fields.size === 0) return true;
  if (to.rest !== null || from.rest !== null) return false;
  return [...to.fields].every(([key, field]) => {
    const given = from.fields.get(key);
    return given && !given.optional ? accepts(field.type, given.type) : !given && field.optional;
  });
}

/** How TypeScript calls a scalar; texts of all kinds are strings there. */
function scalarOf(type: Type): string | null {
  switch (type.kind) {
    case "literal":
      return typeof type.value;
    case "integer":
    case "float":
      return "number";
    case "string":
    case "atom":
    case "date":
    case "datetime":
      return "string";
    case "boolean":
    case "nil":
      return type.kind;
    default:
      return null;
  }
}
