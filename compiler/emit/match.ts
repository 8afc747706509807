/**
 * Matching as conditions. Clauses are tried in order; what earlier clauses have taken is no longer tested for, so the
 * last clause of an exhaustive match stands without a condition.
 */

import type { Expr } from "../ast/nodes.ts";
import { isStable } from "../ir/lower/simple.ts";
import type { BindStatement, MatchClause, MatchStatement } from "../ir/machine.ts";
import type { Local } from "../resolve/resolved.ts";
import { membersOf, union } from "../types/join.ts";
import { isScalar, mayEqual } from "../types/shape.ts";
import type { Type } from "../types/type.ts";
import { constantOf } from "./constant.ts";
import { express } from "./expression/express.ts";
import { condition } from "./expression/operator.ts";
import { isIdentifier, jsonLiteral } from "./literal.ts";
import { type Binding, type CompiledPattern, compilePattern, compilePatterns, covers } from "./pattern.ts";
import { readIn, type Scope } from "./scope.ts";
import { known, seen } from "./seen.ts";
import { emitBlock, emitStatements, ends, named } from "./statement.ts";
import { assertedText } from "./type.ts";

/** `pattern = value`. */
export function emitBind({ pattern, value }: BindStatement, scope: Scope): string {
  const text = express(value, scope);
  const types = { type: scope.facts.typeOf(value), seen: seen(value, scope) };
  if (isStable(value, scope.facts)) return bound(compilePattern(pattern, { path: text, ...types }, scope), text, scope);
  const destructured = emitDestructuring({ pattern, value, kind: "bind" }, text, scope);
  if (destructured) return destructured;
  const name = scope.names.declare(scope.facts.fresh("value", types.type, value.span));
  const compiled = compilePattern(pattern, { path: name, ...types }, scope);
  return `const ${name} = ${named(value, scope)};\n${bound(compiled, name, scope)}`;
}

function bound(compiled: CompiledPattern, subject: string, scope: Scope): string {
  const { tests } = compiled;
  const check =
    tests.length === 0 ? [] : [`if (!(${tests.join(" && ")})) throw ${scope.file.runtime("matchError")}(${subject});`];
  return [...check, ...declarations(compiled, scope)].join("\n");
}

/** `const [, id] = …` where the type says that the tuple fits. */
function emitDestructuring({ pattern, value }: BindStatement, text: string, scope: Scope): string | null {
  const subject = { path: "value", type: scope.facts.typeOf(value), seen: seen(value, scope) };
  const compiled = compilePattern(pattern, subject, scope);
  if (compiled.tests.length > 0 || pattern.kind !== "tuplePattern") return null;
  const names = pattern.items.map((item) => {
    const local = item.kind === "variablePattern" ? scope.facts.localOf(item) : null;
    const binding = compiled.bindings.find((known) => known.local === local);
    if (local && binding) scope.names.see(local, binding.seen);
    if (local && scope.isRead(local)) return scope.names.declare(local);
    return item.kind === "wildcardPattern" || item.kind === "literalPattern" || local ? "" : null;
  });
  if (names.includes(null)) return null;
  while (names.at(-1) === "") names.pop();
  return names.length === 0 ? `${text};` : `const [${names.join(", ")}] = ${text};`;
}

/** A path that is a variable already needs no second name. */
function declarations({ bindings }: CompiledPattern, scope: Scope): string[] {
  const read = bindings.filter(({ local }) => scope.isRead(local));
  for (const binding of read) if (isIdentifier(binding.path)) standFor(binding, scope);
  return read.filter(({ path }) => !isIdentifier(path)).map((binding) => declaration(binding, scope));
}

/** Where the checker knows more than TypeScript does, the variable says what. */
function declaration({ local, path, seen }: Binding, scope: Scope): string {
  const type = scope.facts.typeOfLocal(local);
  const assertion = seen.kind === "dynamic" ? null : assertedText(type, seen, scope);
  scope.names.see(local, assertion === null ? seen : type);
  return `const ${scope.names.declare(local)} = ${path}${assertion === null ? "" : ` as ${assertion}`};`;
}

/** Lets the path stand for the variable. */
export function standFor({ local, path, seen }: Binding, scope: Scope): void {
  scope.names.alias(local, path);
  scope.names.see(local, seen);
}

export function emitMatch(statement: MatchStatement, scope: Scope): string {
  return isSwitch(statement, scope) ? emitSwitch(statement, scope) : emitChain(statement, scope);
}

/** Two or more literals of a scalar, each ending the body, read best as a `switch`. */
function isSwitch({ clauses, subject }: MatchStatement, scope: Scope): boolean {
  const literals = clauses.filter(({ pattern }) => pattern.kind === "literalPattern");
  const rest = clauses.slice(literals.length);
  const types = [known(subject, scope), scope.facts.typeOf(subject)];
  const scalar = literals.every(
    ({ pattern }) =>
      pattern.kind === "literalPattern" && types.every((type) => switches(type, scope.facts.typeOf(pattern.value))),
  );
  return (
    literals.length >= 2 &&
    scalar &&
    subject.kind !== "literal" &&
    rest.every(({ pattern }) => pattern.kind === "wildcardPattern") &&
    literals.every((literal, i) => literal === clauses[i]) &&
    clauses.every(({ guard, body }) => guard === null && ends(body))
  );
}

function switches(subject: Type, label: Type): boolean {
  return isScalar(label) && mayEqual(subject, label);
}

function emitSwitch({ subject, clauses, otherwise }: MatchStatement, scope: Scope): string {
  const cases = clauses.map(({ pattern, body }) => {
    const label =
      pattern.kind === "literalPattern" ? `case ${jsonLiteral(constantOf(pattern.value, scope) ?? null)}` : "default";
    return `${label}: ${caseBody(body, scope)}`;
  });
  const covered = clauses.some(({ pattern }) => pattern.kind === "wildcardPattern");
  const fallback = covered ? [] : [`default: ${caseBody(otherwise, scope)}`];
  return `switch (${express(subject, scope)}) {\n${[...cases, ...fallback].join("\n")}\n}`;
}

function caseBody(statements: MatchClause["body"], scope: Scope): string {
  return statements.length === 1 ? emitStatements(statements, scope) : emitBlock(statements, scope);
}

function emitChain(statement: MatchStatement, scope: Scope): string {
  const { arms, left } = armsOf(statement, scope);
  const early = statement.clauses.every(({ body }) => ends(body));
  const local = statement.subject.kind === "variable" ? scope.facts.localOf(statement.subject) : null;
  const otherwise = (emit: typeof emitStatements) => seeing(local, left, scope, () => emit(statement.otherwise, scope));
  return early ? emitEarly(arms, otherwise, scope) : emitElse(arms, statement, otherwise, scope);
}

/** Code in which TypeScript knows this of a local. */
function seeing(local: Local | null, type: Type, { names }: Scope, build: () => string): string {
  if (local === null) return build();
  const before = names.seen(local);
  names.see(local, type);
  const text = build();
  names.see(local, before);
  return text;
}

type Otherwise = (emit: typeof emitStatements) => string;

interface Arm {
  readonly clause: MatchClause;
  readonly compiled: CompiledPattern;
  /** Empty when the clause takes whatever reaches it. */
  readonly test: string;
}

/** Compiles the clauses up to the first that takes everything; what is left is what TypeScript concludes from their guards. */
function armsOf({ subject, clauses }: MatchStatement, scope: Scope): { readonly arms: Arm[]; readonly left: Type } {
  const path = express(subject, scope);
  let remaining: Type = scope.facts.typeOf(subject);
  let visible = seen(subject, scope);
  let left = visible;
  const arms: Arm[] = [];
  for (const clause of clauses) {
    const { pattern, guard } = clause;
    const compiled =
      subject.kind === "tuple" && pattern.kind === "tuplePattern"
        ? compilePatterns(pattern.items, subject.items, scope)
        : compilePattern(pattern, { path, type: testable(remaining), seen: visible }, scope);
    const arm = { clause, compiled, test: testOf(clause, compiled, scope) };
    arms.push(arm);
    if (arm.test === "") break;
    if (guard !== null) {
      visible = afterFailed(guard, path, visible, scope);
      left = visible;
      continue;
    }
    remaining = without(remaining, clause, scope);
    if (compiled.isFollowed && compiled.tests.length === 1) visible = without(visible, clause, scope);
  }
  return { arms, left };
}

/** What `x != "a"` did not hold of is `"a"`, to TypeScript as well. */
function afterFailed(guard: Expr, path: string, visible: Type, scope: Scope): Type {
  if (guard.kind !== "binary" || !guard.operator.startsWith("!=")) return visible;
  return guard.right.kind === "literal" && express(guard.left, scope) === path
    ? scope.facts.typeOf(guard.right)
    : visible;
}

/** `none` says that nothing is left, not that anything is known: then everything is tested. */
function testable(type: Type): Type {
  return type.kind === "none" ? { kind: "dynamic" } : type;
}

function without(type: Type, { pattern }: MatchClause, scope: Scope): Type {
  return union(...membersOf(type).filter((member) => !covers(pattern, member, scope)));
}

/** The guard reads the clause's variables before they exist, so their paths stand in for them. */
function testOf({ guard }: MatchClause, { tests, bindings }: CompiledPattern, scope: Scope): string {
  if (!guard) return tests.join(" && ");
  for (const binding of bindings) standFor(binding, scope);
  return [...tests, condition(guard, scope)].join(" && ");
}

function emitEarly(arms: readonly Arm[], otherwise: Otherwise, scope: Scope): string {
  const texts = arms.map((arm) => (arm.test === "" ? armBody(arm, scope) : `if (${arm.test}) ${armBlock(arm, scope)}`));
  const covered = arms.at(-1)?.test === "";
  return [...texts, ...(covered ? [] : [otherwise(emitStatements)])].join("\n");
}

function emitElse(arms: readonly Arm[], statement: MatchStatement, otherwise: Otherwise, scope: Scope): string {
  const texts = arms.map((arm) =>
    arm.test === "" ? armBlock(arm, scope) : `if (${arm.test}) ${armBlock(arm, scope)}`,
  );
  const covered = arms.at(-1)?.test === "";
  const fallback = covered || statement.otherwise.length === 0 ? [] : [otherwise(emitBlock)];
  return [...texts, ...fallback].join(" else ");
}

function armBlock(arm: Arm, scope: Scope): string {
  return scope.names.block(() => `{\n${armBody(arm, scope)}\n}`);
}

/** What only the guard reads has been tested and needs no variable. */
function armBody({ clause, compiled }: Arm, scope: Scope): string {
  const inner = { ...scope, isRead: readIn(clause.body, scope.facts) };
  return [...declarations(compiled, inner), emitStatements(clause.body, scope)].join("\n");
}
