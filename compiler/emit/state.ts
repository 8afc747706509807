/** One state of a machine: a comment with the line it came from, its fields, its body. */

import type { BodyIr, MachineIr, ParallelIr, ResumeIr, StateIr, StepIr } from "../ir/machine.ts";
import type { Local, StepOptions } from "../resolve/resolved.ts";
import { positionAt } from "../source/position.ts";
import { dynamic } from "../types/construct.ts";
import { jsonLiteral, numberLiteral, propertyKey, stringLiteral, tableKey } from "./literal.ts";
import { mark } from "./mark.ts";
import { createNames } from "./names.ts";
import { type FileScope, readIn, type Scope } from "./scope.ts";
import { emitStatements, savedNames } from "./statement.ts";
import { isUntyped, typeText } from "./type.ts";

/** What is common to the states of one machine. */
export interface MachineScope extends Pick<Scope, "facts" | "module" | "lowerFn"> {
  readonly file: FileScope;
  readonly machine: MachineIr;
  /** Names of the exported types. */
  readonly types: { readonly input: string; readonly output: string; readonly events: string | null };
}

export function emitState(state: StateIr, scope: MachineScope): string {
  return `// ${commentOf(state, scope)}\n${tableKey(state.id)}: { ${fieldsOf(state, scope).join(", ")} }`;
}

function commentOf(state: StateIr, scope: MachineScope): string {
  const { source } = scope.module.file;
  const place = `${source.path.split("/").at(-1)}:${positionAt(source, state.span.start).line}`;
  if (state.kind !== "resume") return place;
  return `${place}, ${state.reason.kind === "loop" ? "each round of" : "after"} ${state.reason.what}`.replaceAll(
    "\n",
    " ",
  );
}

function fieldsOf(state: StateIr, scope: MachineScope): string[] {
  const line = `line: ${positionAt(scope.module.file.source, state.span.start).line}`;
  switch (state.kind) {
    case "step":
      return stepFields(state, line, scope);
    case "resume":
      return resumeFields(state, line, scope);
    case "branch":
      return ['kind: "branch"', line, emitMethod("choose", state.body, [], scope)];
    case "parallel":
      return parallelFields(state, line, scope);
  }
}

function stepFields(state: StepIr, line: string, scope: MachineScope): string[] {
  const options = scope.facts.program.resolved.stepOptions.get(state.ast) ?? {};
  return [
    `kind: "${state.ast.variant}"`,
    `name: ${stringLiteral(state.ast.name.text)}`,
    line,
    ...stepOptionFields(options),
    `next: ${stateRef(state.next)}`,
    ...gotoField(state.gotos),
    ...pureField(state.body),
    emitMethod("run", state.body, [], scope),
  ];
}

/** The options of a step or compensation that were given. */
export function stepOptionFields({ retry, timeoutMs, compensate, queue }: StepOptions): string[] {
  return [
    ...(retry ? [`retry: ${jsonLiteral({ ...retry })}`] : []),
    ...(timeoutMs === undefined ? [] : [`timeoutMs: ${numberLiteral(timeoutMs)}`]),
    ...(compensate ? [`compensate: ${stringLiteral(compensate.text)}`] : []),
    ...(queue === undefined ? [] : [`queue: ${stringLiteral(queue)}`]),
  ];
}

function gotoField(gotos: ReadonlyMap<string, string>): string[] {
  if (gotos.size === 0) return [];
  return [`gotos: { ${[...gotos].map(([name, id]) => `${tableKey(name)}: ${stringLiteral(id)}`).join(", ")} }`];
}

function pureField(body: BodyIr): string[] {
  return body.effects.pure && !body.effects.suspends ? ["pure: true"] : [];
}

function resumeFields(state: ResumeIr, line: string, scope: MachineScope): string[] {
  const given = state.received ? ([state.saved, state.received] as const) : ([state.saved, null] as const);
  return [
    'kind: "resume"',
    `step: ${stringLiteral(state.step)}`,
    line,
    ...pureField(state.body),
    emitMethod("run", state.body, given, scope),
  ];
}

function parallelFields(state: ParallelIr, line: string, scope: MachineScope): string[] {
  const options = scope.facts.program.resolved.parallelOptions.get(state.ast);
  const branches = [...state.branches].map(([key, id]) => `${tableKey(key)}: ${stringLiteral(id)}`);
  return [
    'kind: "parallel"',
    line,
    `mode: "${options?.run ?? "inline"}"`,
    `onError: "${options?.onError ?? "fail_fast"}"`,
    `branches: { ${branches.join(", ")} }`,
    `next: ${stateRef(state.next)}`,
    ...gotoField(state.gotos),
    ...(state.into ? [emitInto(state, scope)] : []),
  ];
}

function emitInto({ into }: ParallelIr, scope: MachineScope): string {
  const inner = functionScope(into!.statements, scope);
  const [context, results] = into!.params;
  return inner.names.block(() => {
    const params = ["io", ...[context, results].flatMap((local) => (local ? [inner.names.declare(local)] : []))];
    return `${into!.effects.async ? "async " : ""}into(${params.join(", ")}) {\n${emitStatements(into!.statements, inner)}\n}`;
  });
}

function stateRef(id: string | null): string {
  return id === null ? "null" : stringLiteral(id);
}

type Given = readonly [] | readonly [saved: readonly Local[], received: Local | null];

/** `run(io, data, { order }, outcome) { … }`, with no more parameters than the body needs. */
export function emitMethod(
  name: string,
  body: BodyIr,
  [saved = [], received = null]: Given,
  scope: MachineScope,
): string {
  const inner = functionScope(body.statements, scope);
  const isRead = (local: Local | null): local is Local => local !== null && inner.isRead(local);
  const data = body.data ? inner.names.declare(body.data) : "data";
  const names = savedNames(saved);
  const typed = (text: string, local: Local | null) => {
    const type = local ? inner.facts.typeOfLocal(local) : dynamic;
    if (local) inner.names.see(local, isUntyped(type) ? dynamic : type);
    return isUntyped(type) ? text : `${text}: ${typeText(type, inner.file)}`;
  };
  const fields = saved.map((local, i) => {
    const text = inner.names.declare(local);
    return text === names[i] ? text : `${propertyKey(names[i]!)}: ${text}`;
  });
  const params: [text: string, needed: boolean][] = [
    ["io", body.effects.io],
    [isRead(body.data) ? typed(data, body.data) : data, isRead(body.data)],
    [fields.length === 0 ? "_saved" : `{ ${fields.join(", ")} }${savedType(saved, names, inner)}`, fields.length > 0],
    [received ? typed(inner.names.declare(received), received) : "_received", isRead(received)],
  ];
  const last = params.findLastIndex(([, needed]) => needed);
  const list = params.slice(0, last + 1).map(([text, needed]) => (needed ? text : `_${text.replace(/^_/, "")}`));
  const head = `${body.effects.async ? "async " : ""}${name}(${list.join(", ")})`;
  return `${mark(spanOfFirst(body))}${head} {\n${emitStatements(body.statements, inner)}\n}`;
}

/** The types of saved locals, where anything is known of one. The compiler's own change from round to round. */
function savedType(saved: readonly Local[], names: readonly string[], { facts, names: texts, file }: Scope): string {
  const types = saved.map((local) => (local.id > 0 ? facts.typeOfLocal(local) : dynamic));
  saved.forEach((local, i) => {
    texts.see(local, isUntyped(types[i]!) ? dynamic : types[i]!);
  });
  if (types.every(isUntyped)) return "";
  return `: { ${types.map((type, i) => `${propertyKey(names[i]!)}: ${typeText(type, file)}`).join("; ")} }`;
}

function spanOfFirst({ statements }: BodyIr): { start: number; end: number } {
  const [first] = statements;
  return first && "value" in first && first.value ? first.value.span : { start: 0, end: 0 };
}

function functionScope(statements: BodyIr["statements"], { file, facts, module, lowerFn }: MachineScope): Scope {
  const isRead = readIn(statements, facts);
  return { file, facts, module, lowerFn, names: createNames(file.taken), isRead, captures: [], result: dynamic };
}
