/** Statements of a body as TypeScript, with early returns where a body ends. */

import type { Call, Expr } from "../ast/nodes.ts";
import type { DeclareStatement, RescueIr, Statement, TryStatement, Update } from "../ir/machine.ts";
import { leaves } from "../ir/statements.ts";
import type { Local } from "../resolve/resolved.ts";
import type { Span } from "../source/source.ts";
import { dynamic } from "../types/construct.ts";
import { isNumber, isText } from "../types/shape.ts";
import type { Type } from "../types/type.ts";
import { express } from "./expression/express.ts";
import { given } from "./expression/given.ts";
import { condition } from "./expression/operator.ts";
import { propertyKey, stringLiteral } from "./literal.ts";
import { mark } from "./mark.ts";
import { emitBind, emitMatch } from "./match.ts";
import type { Scope } from "./scope.ts";
import { known, seen } from "./seen.ts";
import { emitSuspend } from "./suspend.ts";
import { isOneForm, typeText, writtenType } from "./type.ts";

export function emitStatements(statements: readonly Statement[], scope: Scope): string {
  return statements.map((statement) => `${mark(spanOf(statement))}${emitStatement(statement, scope)}`).join("\n");
}

/** Statements in braces, with names of their own. */
export function emitBlock(statements: readonly Statement[], scope: Scope): string {
  return scope.names.block(() => `{\n${emitStatements(statements, scope)}\n}`);
}

function emitStatement(statement: Statement, scope: Scope): string {
  switch (statement.kind) {
    case "let":
      return emitLet(statement, scope);
    case "bind":
      return emitBind(statement, scope);
    case "declare":
      return emitDeclare(statement, scope);
    case "assign":
      return `${scope.names.textOf(statement.local)} = ${given(statement.value, scope.names.seen(statement.local), scope)};`;
    case "append":
      return emitAppend(statement, scope);
    case "evaluate":
      return `${express(statement.value, scope)};`;
    case "if":
      return emitIf(statement, scope);
    case "match":
      return emitMatch(statement, scope);
    case "loop":
      return emitLoop(statement, scope);
    case "try":
      return emitTry(statement, scope);
    case "return":
      return `return ${given(statement.value, scope.result, scope)};`;
    case "goState":
      return `return ${statement.state === null ? "null" : stringLiteral(statement.state)};`;
    case "suspend":
      return emitSuspend(statement, scope);
    case "jump":
      return emitJump(statement, scope);
    case "fail":
      return emitFail(statement, scope);
    case "raise":
      return emitRaise(statement.value, scope);
    case "break":
      return "break;";
  }
}

function spanOf(statement: Statement): Span {
  if (statement.kind === "suspend") return statement.span;
  if ("value" in statement && statement.value) return statement.value.span;
  if (statement.kind === "if") return statement.condition.span;
  return { start: 0, end: 0 };
}

function emitLet({ local, value }: Extract<Statement, { kind: "let" }>, scope: Scope): string {
  const text = named(value, scope);
  const isMixed = isForeign(value, scope) && local.id > 0 && !isOneForm(seen(value, scope));
  scope.names.see(local, isMixed ? dynamic : seen(value, scope));
  if (isOurs(value, scope)) return alias(local, text, scope);
  const type = isMixed ? `: ${scope.file.runtimeType("Dynamic")}` : "";
  if (scope.isRead(local)) return `const ${scope.names.declare(local)}${type} = ${text};`;
  return isInert(value) ? "" : `${text};`;
}

function isForeign(value: Expr, { facts }: Scope): boolean {
  return value.kind === "call" && facts.targetOf(value)?.kind === "foreign";
}

/** As what a variable is bound to: TypeScript takes an array for a tuple only when it is told so. */
export function named(value: Expr, scope: Scope): string {
  const text = express(value, scope);
  return value.kind === "tuple" && text.startsWith("[") ? `${text} as const` : text;
}

/** A variable of the compiler's own, which needs no second name. */
function isOurs(value: Expr, scope: Scope): boolean {
  const local = value.kind === "variable" ? scope.facts.localOf(value) : null;
  return local !== null && local.id < 0;
}

function alias(local: Local, text: string, scope: Scope): string {
  scope.names.alias(local, text);
  return "";
}

/** Computing it does nothing and cannot fail. */
function isInert({ kind }: Expr): boolean {
  return kind === "variable" || kind === "literal" || kind === "access" || kind === "constantRef";
}

function emitDeclare({ local, initial, filled }: DeclareStatement, scope: Scope): string {
  const type = writtenType(scope.facts.typeOfLocal(local), scope);
  scope.names.see(local, type);
  const word = filled === "appended" ? "const" : "let";
  const name = `${scope.names.declare(local)}${filled === "sometimes" && type.kind !== "dynamic" ? "!" : ""}`;
  if (initial && saysItsType(initial, type)) return `${word} ${name} = ${express(initial, scope)};`;
  const value = initial ? ` = ${given(initial, type, scope)}` : "";
  return `${word} ${name}: ${typeText(type, scope.file)}${value};`;
}

/** `let total = 0`, of which TypeScript concludes what would be written. */
function saysItsType(initial: Expr, type: Type): boolean {
  if (initial.kind !== "literal") return false;
  if (typeof initial.value === "number") return type.kind !== "literal" && isNumber(type);
  return type.kind === typeof initial.value;
}

function emitAppend({ local, value }: Extract<Statement, { kind: "append" }>, scope: Scope): string {
  const list = scope.names.seen(local);
  const item = given(value, list.kind === "list" ? list.element : dynamic, scope);
  return `${scope.names.textOf(local)}.push(${item});`;
}

function emitIf(statement: Extract<Statement, { kind: "if" }>, scope: Scope): string {
  const test = condition(statement.condition, scope, statement.negated);
  const then = emitBlock(statement.then, scope);
  if (statement.else.length === 0) return `if (${test}) ${then}`;
  if (ends(statement.then)) return `if (${test}) ${then}\n${emitStatements(statement.else, scope)}`;
  const [only, ...others] = statement.else;
  const chain = only?.kind === "if" && others.length === 0;
  return `if (${test}) ${then} else ${chain ? emitIf(only, scope) : emitBlock(statement.else, scope)}`;
}

function emitLoop(statement: Extract<Statement, { kind: "loop" }>, scope: Scope): string {
  const source = `${scope.file.runtime("elements")}(${express(statement.source, scope)})`;
  const list = seen(statement.source, scope);
  if (list.kind === "list") scope.names.see(statement.item, list.element);
  return scope.names.block(
    () => `for (const ${scope.names.declare(statement.item)} of ${source}) ${emitBlock(statement.body, scope)}`,
  );
}

function emitTry(statement: TryStatement, scope: Scope): string {
  const body = `try ${emitBlock(statement.body, scope)}`;
  const caught = statement.rescue.length + statement.uncaught.length === 0 ? "" : ` ${emitCatch(statement, scope)}`;
  const after = statement.after.length === 0 ? "" : ` finally ${emitBlock(statement.after, scope)}`;
  return `${body}${caught}${after}`;
}

/** Clauses in order, each for its types of error; what none of them takes is thrown on. */
function emitCatch({ rescue, uncaught }: TryStatement, scope: Scope): string {
  return scope.names.block(() => {
    const cause = scope.names.declare(scope.facts.fresh("cause", { kind: "dynamic" }, { start: 0, end: 0 }));
    const caught = scope.names.declare(scope.facts.fresh("caught", { kind: "dynamic" }, { start: 0, end: 0 }));
    const clauses = rescue.map((clause) => emitRescue(clause, caught, scope));
    const takesAll = rescue.some(({ types }) => types.length === 0);
    const onward = takesAll ? [] : [emitStatements(uncaught, scope), `throw ${cause};`];
    const named = rescue.length === 0 ? [] : [`const ${caught} = ${scope.file.runtime("rescued")}(${cause});`];
    return `catch (${cause}) {\n${[...named, chain(clauses, onward)].join("\n")}\n}`;
  });
}

interface RescueText {
  /** Empty for any error. */
  readonly test: string;
  readonly block: string;
}

function emitRescue({ types, error, body }: RescueIr, caught: string, scope: Scope): RescueText {
  const test = types.map((type) => `${caught}.type === ${stringLiteral(type)}`).join(" || ");
  const block = scope.names.block(() => {
    const value = error && scope.isRead(error) ? `const ${scope.names.declare(error)} = ${caught}.value;\n` : "";
    return `{\n${value}${emitStatements(body, scope)}\n}`;
  });
  return { test, block };
}

function chain(clauses: readonly RescueText[], onward: readonly string[]): string {
  const texts = clauses.map(({ test, block }) => (test === "" ? block : `if (${test}) ${block}`));
  const rest = onward.length === 0 ? [] : [`{\n${onward.join("\n")}\n}`];
  return clauses.length === 0 ? onward.join("\n") : [...texts, ...rest].join(" else ");
}

function emitJump({ to, saved, updates, value }: Extract<Statement, { kind: "jump" }>, scope: Scope): string {
  const args = [stringLiteral(to), savedObject(saved, scope, updates), ...(value ? [express(value, scope)] : [])];
  if (!value && saved.length + updates.length === 0) args.pop();
  return `return ${scope.file.runtime("jump")}(${args.join(", ")});`;
}

/** `{ order, total: total2 }`: keys are the names in the source, so that frames look alike in every build. */
export function savedObject(saved: readonly Local[], scope: Scope, updates: readonly Update[] = []): string {
  const locals = [...saved, ...updates.map(({ local }) => local)];
  const texts = [
    ...saved.map((local) => scope.names.textOf(local)),
    ...updates.map(({ value }) => express(value, scope)),
  ];
  const entries = savedNames(locals).map((name, i) => (texts[i] === name ? name : `${propertyKey(name)}: ${texts[i]}`));
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** The key of each saved local: its name, numbered where two have the same. */
export function savedNames(saved: readonly Local[]): string[] {
  const seen = new Map<string, number>();
  return saved.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}

const failures = {
  CaseClauseError: "caseClauseError",
  CondClauseError: "condClauseError",
  FunctionClauseError: "functionClauseError",
  TryClauseError: "tryClauseError",
  WithClauseError: "withClauseError",
} as const;

function emitFail({ error, value, name }: Extract<Statement, { kind: "fail" }>, scope: Scope): string {
  const argument = name !== null ? stringLiteral(name) : value ? express(value, scope) : "";
  return `throw ${scope.file.runtime(failures[error])}(${argument});`;
}

/** `raise "text"` and `raise Type, "text"` as a throw; what else can be raised is settled at run time. */
function emitRaise(call: Call, scope: Scope): string {
  const [first, second] = call.args;
  const raised = scope.file.runtime("Raised");
  if (call.name.text === "raise" && first?.kind === "moduleRef") {
    if (!second) return `throw new ${raised}(${stringLiteral(first.name)});`;
    if (isMessage(second, scope)) return throwText(raised, first.name, second, scope);
  }
  if (call.name.text === "raise" && first && !second && isMessage(first, scope)) {
    return throwText(raised, "RuntimeError", first, scope);
  }
  return `${express(call, scope)};`;
}

function isMessage(expr: Expr, scope: Scope): boolean {
  return expr.kind !== "moduleRef" && isText(known(expr, scope));
}

function throwText(raised: string, type: string, message: Expr, scope: Scope): string {
  return `throw new ${raised}(${stringLiteral(type)}, { message: ${express(message, scope)} });`;
}

/** True when control never passes beyond the statements. */
export function ends(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last === undefined) return false;
  switch (last.kind) {
    case "break":
      return true;
    case "if":
      return last.else.length > 0 && ends(last.then) && ends(last.else);
    case "match":
      return last.clauses.every(({ body }) => ends(body)) && ends(last.otherwise);
    default:
      return leaves(last);
  }
}
