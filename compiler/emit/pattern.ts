/**
 * Patterns as conditions and paths. The type of the value decides what still has to be tested; what it rules out is
 * left out, so that a match on a known shape reads like the comparison a person would write.
 */
import type { Expr, ListPattern, MapPattern, Pattern, TuplePattern } from "../ast/nodes.ts";
import type { Local } from "../resolve/resolved.ts";
import { dynamic, none } from "../types/construct.ts";
import { membersOf, union } from "../types/join.ts";
import { hasField, isScalar, isText, mayEqual } from "../types/shape.ts";
import type { Type } from "../types/type.ts";
import { constantOf } from "./constant.ts";
import { express } from "./expression/express.ts";
import { isInherited, jsonLiteral, propertyOf, stringLiteral } from "./literal.ts";
import type { Scope } from "./scope.ts";

export interface CompiledPattern {
  /** Conditions, each safe once those before it hold. */
  readonly tests: readonly string[];
  readonly bindings: readonly { readonly local: Local; readonly path: string; readonly type: Type }[];
}

const matchesAll: CompiledPattern = { tests: [], bindings: [] };

export function compilePattern(pattern: Pattern, path: string, type: Type, scope: Scope): CompiledPattern {
  return withRepetitions(compile(pattern, path, type, scope), scope);
}

/** Several values, each with a pattern of its own: the parameters of a function. */
export function compilePatterns(patterns: readonly Pattern[], values: readonly Expr[], scope: Scope): CompiledPattern {
  const compileAt = (pattern: Pattern, value: Expr) =>
    compile(pattern, express(value, scope), scope.facts.typeOf(value), scope);
  return withRepetitions(all(patterns.map((pattern, i) => compileAt(pattern, values[i]!))), scope);
}

/** A variable that stands twice in a pattern matches only where both places hold the same value. */
function withRepetitions({ tests, bindings }: CompiledPattern, scope: Scope): CompiledPattern {
  const first = new Map(bindings.toReversed().map((binding) => [binding.local, binding]));
  const repeated = bindings.filter((binding) => first.get(binding.local) !== binding);
  const equal = repeated.map(
    ({ local, path }) => `${scope.file.runtime("equals")}(${first.get(local)!.path}, ${path})`,
  );
  return { tests: [...tests, ...equal], bindings: [...first.values()].toReversed() };
}

function compile(pattern: Pattern, path: string, type: Type, scope: Scope): CompiledPattern {
  switch (pattern.kind) {
    case "wildcardPattern":
    case "invalidPattern":
      return matchesAll;
    case "variablePattern": {
      const local = scope.facts.localOf(pattern);
      return local ? { tests: [], bindings: [{ local, path, type }] } : matchesAll;
    }
    case "literalPattern":
      return literal(pattern.value, path, type, scope);
    case "pinPattern": {
      const value = express(pattern.value, scope);
      const pinned = scope.facts.typeOf(pattern.value);
      const plain = (isScalar(type) || isScalar(pinned)) && mayEqual(type, pinned);
      return {
        tests: [plain ? `${path} === ${value}` : `${scope.file.runtime("equals")}(${path}, ${value})`],
        bindings: [],
      };
    }
    case "tuplePattern":
      return tuple(pattern, path, type, scope);
    case "listPattern":
      return list(pattern, path, type, scope);
    case "mapPattern":
      return map(pattern, path, type, scope);
    case "bothPattern":
      return both(compile(pattern.left, path, type, scope), compile(pattern.right, path, type, scope));
    case "prefixPattern":
      return prefix(pattern.prefix, pattern.rest, path, type, scope);
  }
}

function both(left: CompiledPattern, right: CompiledPattern): CompiledPattern {
  return { tests: [...left.tests, ...right.tests], bindings: [...left.bindings, ...right.bindings] };
}

function all(parts: readonly CompiledPattern[]): CompiledPattern {
  return parts.reduce(both, matchesAll);
}

function literal(expr: Expr, path: string, type: Type, scope: Scope): CompiledPattern {
  const value = constantOf(expr, scope) ?? null;
  if (isExactly(type, value)) return matchesAll;
  if ((typeof value === "object" && value !== null) || !mayEqual(type, scope.facts.typeOf(expr))) {
    return { tests: [`${scope.file.runtime("equals")}(${path}, ${jsonLiteral(value)})`], bindings: [] };
  }
  return { tests: [`${path} === ${jsonLiteral(value)}`], bindings: [] };
}

function isExactly(type: Type, value: unknown): boolean {
  return type.kind === "literal" ? type.value === value : type.kind === "nil" && value === null;
}

function tuple(pattern: TuplePattern, path: string, type: Type, scope: Scope): CompiledPattern {
  const size = pattern.items.length;
  const members = membersOf(type);
  const known =
    members.length > 0 && members.every((member) => member.kind === "tuple" && member.items.length === size);
  const shape = known ? [] : [`Array.isArray(${path})`, `${path}.length === ${size}`];
  let candidates = members.filter((member) => member.kind !== "tuple" || member.items.length === size);
  const items = pattern.items.map((item, i) => {
    const compiled = compile(item, `${path}[${i}]`, itemType(candidates, i), scope);
    candidates = candidates.filter((member) => member.kind !== "tuple" || !rulesOut(item, member.items[i]!, scope));
    return compiled;
  });
  return both({ tests: shape, bindings: [] }, all(items));
}

function itemType(members: readonly Type[], index: number): Type {
  return union(...members.map((member) => (member.kind === "tuple" ? (member.items[index] ?? none) : itemOf(member))));
}

function itemOf(member: Type): Type {
  return member.kind === "list" ? member.element : dynamic;
}

/** True when a literal in the pattern shows that no value of the type matches. */
export function rulesOut(pattern: Pattern, type: Type, scope: Scope): boolean {
  if (pattern.kind === "literalPattern") return !mayEqual(type, scope.facts.typeOf(pattern.value));
  if (pattern.kind !== "tuplePattern") return false;
  if (type.kind !== "tuple") return false;
  return (
    pattern.items.length !== type.items.length || pattern.items.some((item, i) => rulesOut(item, type.items[i]!, scope))
  );
}

/** True when every value of the type matches, so that later clauses need not consider it. */
export function covers(pattern: Pattern, type: Type, scope: Scope): boolean {
  return !rulesOut(pattern, type, scope) && compilePattern(pattern, "value", type, scope).tests.length === 0;
}

function list(pattern: ListPattern, path: string, type: Type, scope: Scope): CompiledPattern {
  const size = pattern.items.length;
  const element = itemType(membersOf(type), 0);
  const isArray =
    membersOf(type).every((member) => member.kind === "list") && type.kind !== "none" ? [] : [`Array.isArray(${path})`];
  const length = pattern.tail ? (size === 0 ? [] : [`${path}.length >= ${size}`]) : [`${path}.length === ${size}`];
  const present = isArray.length === 0 && element.kind !== "dynamic" ? "!" : "";
  const items = pattern.items.map((item, i) => compile(item, `${path}[${i}]${present}`, element, scope));
  const tail = pattern.tail ? [compile(pattern.tail, `${path}.slice(${size})`, dynamic, scope)] : [];
  return both({ tests: [...isArray, ...length], bindings: [] }, all([...items, ...tail]));
}

function map(pattern: MapPattern, path: string, type: Type, scope: Scope): CompiledPattern {
  const shape =
    pattern.entries.length === 0 && type.kind !== "record" ? [`${scope.file.runtime("isMap")}(${path})`] : [];
  const entries = pattern.entries.map((entry) => {
    const key = constantOf(entry.key, scope);
    return typeof key === "string" ? keyed(key, entry.pattern, path, type, scope) : computed(entry, path, scope);
  });
  return both({ tests: shape, bindings: [] }, all(entries));
}

function keyed(key: string, pattern: Pattern, path: string, type: Type, scope: Scope): CompiledPattern {
  const test = hasField(type, key) ? [] : [`${scope.file.runtime("hasKey")}(${path}, ${stringLiteral(key)})`];
  const field = type.kind === "record" ? (type.fields.get(key)?.type ?? dynamic) : dynamic;
  const value = isInherited(key) && test.length === 0 ? `${path}[${stringLiteral(key)}]` : propertyOf(path, key);
  return both({ tests: test, bindings: [] }, compile(pattern, value, field, scope));
}

/** A key that is only known at run time, such as `%{^name => value}`. */
function computed(entry: MapPattern["entries"][number], path: string, scope: Scope): CompiledPattern {
  const key = `${scope.file.runtime("keyText")}(${express(entry.key, scope)})`;
  const test = `${scope.file.runtime("hasKey")}(${path}, ${key})`;
  return both({ tests: [test], bindings: [] }, compile(entry.pattern, `${path}[${key}]`, dynamic, scope));
}

function prefix(text: string, rest: Pattern, path: string, type: Type, scope: Scope): CompiledPattern {
  const kind = isText(type) ? [] : [`typeof ${path} === "string"`];
  const starts = `${path}.startsWith(${stringLiteral(text)})`;
  const remainder = compile(rest, `${path}.slice(${text.length})`, { kind: "string" }, scope);
  return both({ tests: [...kind, starts], bindings: [] }, remainder);
}
