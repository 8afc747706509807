/**
 * Patterns as conditions and paths. The type of the value decides what still has to be tested; what it rules out is
 * left out, so that a match on a known shape reads like the comparison a person would write.
 */
import type { Expr, ListPattern, MapPattern, Pattern, TuplePattern } from "../ast/nodes.ts";
import type { Local } from "../resolve/resolved.ts";
import { readKey } from "../types/access.ts";
import { dynamic, none, string } from "../types/construct.ts";
import { membersOf, union } from "../types/join.ts";
import { hasField, isScalar, isText, mayEqual } from "../types/shape.ts";
import type { Type } from "../types/type.ts";
import { constantOf } from "./constant.ts";
import { express } from "./expression/express.ts";
import { isInherited, jsonLiteral, propertyOf, stringLiteral } from "./literal.ts";
import type { Scope } from "./scope.ts";
import { agreed, known, seen, seenKey } from "./seen.ts";

export interface CompiledPattern {
  /** Conditions, each safe once those before it hold. */
  readonly tests: readonly string[];
  readonly bindings: readonly Binding[];
  /** TypeScript draws its conclusions from all the tests, also when they fail. */
  readonly isFollowed: boolean;
}

export interface Binding {
  readonly local: Local;
  readonly path: string;
  /** What TypeScript knows of the path. */
  readonly seen: Type;
}

/** A value that is matched: where it is, what it may be, and what TypeScript knows of it. */
export interface Subject {
  readonly path: string;
  readonly type: Type;
  readonly seen: Type;
}

const matchesAll: CompiledPattern = { tests: [], bindings: [], isFollowed: true };

export function compilePattern(pattern: Pattern, subject: Subject, scope: Scope): CompiledPattern {
  return withRepetitions(compile(pattern, subject, scope), scope);
}

/** Several values, each with a pattern of its own: the parameters of a function. */
export function compilePatterns(patterns: readonly Pattern[], values: readonly Expr[], scope: Scope): CompiledPattern {
  const compileAt = (pattern: Pattern, value: Expr) =>
    compile(pattern, { path: express(value, scope), type: known(value, scope), seen: seen(value, scope) }, scope);
  return withRepetitions(all(patterns.map((pattern, i) => compileAt(pattern, values[i]!))), scope);
}

/** A variable that stands twice in a pattern matches only where both places hold the same value. */
function withRepetitions({ tests, bindings, isFollowed }: CompiledPattern, scope: Scope): CompiledPattern {
  const first = new Map(bindings.toReversed().map((binding) => [binding.local, binding]));
  const repeated = bindings.filter((binding) => first.get(binding.local) !== binding);
  const equal = repeated.map(
    ({ local, path }) => `${scope.file.runtime("equals")}(${first.get(local)!.path}, ${path})`,
  );
  const isPlain = isFollowed && equal.length === 0;
  return { tests: [...tests, ...equal], bindings: [...first.values()].toReversed(), isFollowed: isPlain };
}

function compile(pattern: Pattern, subject: Subject, scope: Scope): CompiledPattern {
  switch (pattern.kind) {
    case "wildcardPattern":
    case "invalidPattern":
      return matchesAll;
    case "variablePattern": {
      const local = scope.facts.localOf(pattern);
      return local ? { ...matchesAll, bindings: [{ local, path: subject.path, seen: subject.seen }] } : matchesAll;
    }
    case "literalPattern":
      return literal(pattern.value, subject, scope);
    case "pinPattern":
      return pin(pattern.value, subject, scope);
    case "tuplePattern":
      return tuple(pattern, subject, scope);
    case "listPattern":
      return list(pattern, subject, scope);
    case "mapPattern":
      return map(pattern, subject, scope);
    case "bothPattern":
      return both(compile(pattern.left, subject, scope), compile(pattern.right, subject, scope));
    case "prefixPattern":
      return prefix(pattern.prefix, pattern.rest, subject, scope);
  }
}

/** Conditions from which TypeScript concludes nothing. */
function unfollowed(...tests: readonly string[]): CompiledPattern {
  return { tests, bindings: [], isFollowed: tests.length === 0 };
}

function both(left: CompiledPattern, right: CompiledPattern): CompiledPattern {
  return {
    tests: [...left.tests, ...right.tests],
    bindings: [...left.bindings, ...right.bindings],
    isFollowed: left.isFollowed && right.isFollowed,
  };
}

function all(parts: readonly CompiledPattern[]): CompiledPattern {
  return parts.reduce(both, matchesAll);
}

function literal(expr: Expr, { path, type, seen }: Subject, scope: Scope): CompiledPattern {
  const value = constantOf(expr, scope) ?? null;
  if (isExactly(type, value)) return matchesAll;
  const literalType = scope.facts.typeOf(expr);
  const plain = mayEqual(type, literalType) && mayEqual(agreed(seen, type), literalType);
  if ((typeof value === "object" && value !== null) || !plain) {
    return unfollowed(`${scope.file.runtime("equals")}(${path}, ${jsonLiteral(value)})`);
  }
  return { ...matchesAll, tests: [`${path} === ${jsonLiteral(value)}`] };
}

function pin(expr: Expr, { path, type, seen }: Subject, scope: Scope): CompiledPattern {
  const value = express(expr, scope);
  const pinned = known(expr, scope);
  const visible = agreed(seen, type);
  const plain = (isScalar(visible) || isScalar(pinned)) && mayEqual(visible, pinned) && mayEqual(type, pinned);
  return unfollowed(plain ? `${path} === ${value}` : `${scope.file.runtime("equals")}(${path}, ${value})`);
}

function isExactly(type: Type, value: unknown): boolean {
  return type.kind === "literal" ? type.value === value : type.kind === "nil" && value === null;
}

function tuple(pattern: TuplePattern, { path, type, seen }: Subject, scope: Scope): CompiledPattern {
  const size = pattern.items.length;
  const members = membersOf(type);
  const isTuple = (member: Type) => member.kind === "tuple" && member.items.length === size;
  const isKnown = members.length > 0 && members.every(isTuple);
  const shape = isKnown ? [] : [`Array.isArray(${path})`, `${path}.length === ${size}`];
  let candidates = members.filter((member) => member.kind !== "tuple" || isTuple(member));
  let visible = isKnown && membersOf(seen).every(isTuple) ? membersOf(seen) : null;
  const array =
    visible === null && seen.kind !== "dynamic" ? `(${path} as ${scope.file.runtimeType("Dynamic")})` : path;
  const items = pattern.items.map((item, i) => {
    const itemSeen = visible === null ? dynamic : itemType(visible, i);
    const compiled = compile(item, { path: `${array}[${i}]`, type: itemType(candidates, i), seen: itemSeen }, scope);
    const fits = (member: Type) => member.kind !== "tuple" || !rulesOut(item, member.items[i]!, scope);
    candidates = candidates.filter(fits);
    const isTested = compiled.isFollowed && compiled.tests.length > 0;
    if (item.kind === "literalPattern" && isTested) visible = visible?.filter(fits) ?? null;
    return compiled;
  });
  return both(unfollowed(...shape), all(items));
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
  const subject = { path: "value", type, seen: type };
  return !rulesOut(pattern, type, scope) && compilePattern(pattern, subject, scope).tests.length === 0;
}

function list(pattern: ListPattern, { path, type, seen }: Subject, scope: Scope): CompiledPattern {
  const size = pattern.items.length;
  const members = membersOf(type);
  const element = itemType(members, 0);
  const isArray = members.length > 0 && members.every((member) => member.kind === "list");
  const length = pattern.tail ? (size === 0 ? [] : [`${path}.length >= ${size}`]) : [`${path}.length === ${size}`];
  const isSeen = isArray && seen.kind === "list";
  const array = isSeen || seen.kind === "dynamic" ? path : `(${path} as ${scope.file.runtimeType("Dynamic")})`;
  const present = isArray && element.kind !== "dynamic" ? "!" : "";
  const itemSeen = isSeen ? seen.element : dynamic;
  const items = pattern.items.map((item, i) =>
    compile(item, { path: `${array}[${i}]${present}`, type: element, seen: itemSeen }, scope),
  );
  const rest = { path: `${array}.slice(${size})`, type: dynamic, seen: isSeen ? seen : dynamic };
  const tail = pattern.tail ? [compile(pattern.tail, rest, scope)] : [];
  return both(unfollowed(...(isArray ? [] : [`Array.isArray(${path})`]), ...length), all([...items, ...tail]));
}

function map(pattern: MapPattern, subject: Subject, scope: Scope): CompiledPattern {
  const isEmpty = pattern.entries.length === 0 && subject.type.kind !== "record";
  const shape = isEmpty ? [`${scope.file.runtime("isMap")}(${subject.path})`] : [];
  let rest = subject;
  const entries = pattern.entries.map((entry) => {
    const key = constantOf(entry.key, scope);
    if (typeof key !== "string") return computed(entry, subject, scope);
    const compiled = keyed(key, entry.pattern, rest, scope);
    const tagged = (type: Type) => withTag(type, key, entry.pattern, scope);
    const isTested = compiled.isFollowed && compiled.tests.length > 0;
    rest = { ...rest, type: tagged(rest.type), seen: isTested ? tagged(rest.seen) : rest.seen };
    return compiled;
  });
  return both(unfollowed(...shape), all(entries));
}

/** What is known of a value once one of its keys has been compared with a literal. */
function withTag(type: Type, key: string, pattern: Pattern, scope: Scope): Type {
  if (pattern.kind !== "literalPattern" || type.kind !== "union") return type;
  return union(
    ...type.members.filter((member) => {
      const field = member.kind === "record" ? member.fields.get(key) : undefined;
      return !field || !rulesOut(pattern, field.type, scope);
    }),
  );
}

function keyed(key: string, pattern: Pattern, { path, type, seen }: Subject, scope: Scope): CompiledPattern {
  const isSure = hasField(type, key);
  const test = isSure ? [] : [`${scope.file.runtime("hasKey")}(${path}, ${stringLiteral(key)})`];
  const field =
    type.kind === "record" ? (type.fields.get(key)?.type ?? dynamic) : isSure ? readKey(type, key).type : dynamic;
  const isSeen = seen.kind === "dynamic" || hasField(seen, key);
  const plain = isInherited(key) && isSure ? `${path}[${stringLiteral(key)}]` : propertyOf(path, key);
  const value = isSeen ? plain : `${scope.file.runtime("at")}(${path}, ${stringLiteral(key)})`;
  const fieldSeen = isSeen ? seenKey(seen, key) : dynamic;
  return both(unfollowed(...test), compile(pattern, { path: value, type: field, seen: fieldSeen }, scope));
}

/** A key that is only known at run time, such as `%{^name => value}`. */
function computed(entry: MapPattern["entries"][number], { path, seen }: Subject, scope: Scope): CompiledPattern {
  const key = `${scope.file.runtime("keyText")}(${express(entry.key, scope)})`;
  const test = `${scope.file.runtime("hasKey")}(${path}, ${key})`;
  const value = seen.kind === "dynamic" ? `${path}[${key}]` : `${scope.file.runtime("at")}(${path}, ${key})`;
  return both(unfollowed(test), compile(entry.pattern, { path: value, type: dynamic, seen: dynamic }, scope));
}

function prefix(text: string, rest: Pattern, { path, type, seen }: Subject, scope: Scope): CompiledPattern {
  const isSure = isText(agreed(seen, type));
  const kind = isSure ? [] : [`typeof ${path} === "string"`];
  const starts = `${path}.startsWith(${stringLiteral(text)})`;
  const after = { path: `${path}.slice(${text.length})`, type: string, seen: dynamic };
  return both(unfollowed(...kind, starts), compile(rest, after, scope));
}
