/** The IR as text, for tests, for whoever works on the compiler, and as what the fingerprint is a hash of. */
import type { Node } from "../ast/nodes.ts";
import { children } from "../ast/walk.ts";
import { hash } from "./hash.ts";
import type { MachineIr, StateIr, Statement } from "./machine.ts";
import { partsOf } from "./statements.ts";

/** Changes whenever the compiled behaviour does, and only then: where things stand in the file does not count. */
export function fingerprintOf(machine: MachineIr): string {
  return hash([showMachine(machine), machine.workflow.options, machine.workflow.module.name, machine.workflow.name]);
}

export function showMachine({ states, compensations }: MachineIr): string {
  const undone = compensations.map(({ name, body }) => `compensate ${name}\n${showAll(body.statements, 1)}`);
  return [...states.map(showState), ...undone].join("\n");
}

function showState(state: StateIr): string {
  const head = `${state.id}: ${state.kind}${"next" in state ? ` -> ${state.next}` : ""}`;
  const options =
    state.kind === "step" ? state.ast.options.map(({ name, value }) => `  ${name.text}: ${showNode(value)}`) : [];
  if (state.kind === "parallel")
    return [head, ...[...state.branches].map(([key, id]) => `  ${key} -> ${id}`)].join("\n");
  return [head, ...options, showAll(state.body.statements, 1)].join("\n");
}

function showAll(statements: readonly Statement[], depth: number): string {
  return statements.map((statement) => showStatement(statement, depth)).join("\n");
}

function showStatement(statement: Statement, depth: number): string {
  const { nodes, statements, binds, reads } = partsOf(statement);
  const own = [
    ...binds.map(({ name }) => name),
    ...nodes.map(showNode),
    ...reads.map(({ name }) => `saved:${name}`),
    ...targets(statement),
  ];
  const line = `${"  ".repeat(depth)}${[statement.kind, ...own].join(" ")}`;
  return statements.length === 0 ? line : `${line}\n${showAll(statements, depth + 1)}`;
}

function targets(statement: Statement): string[] {
  switch (statement.kind) {
    case "suspend":
      return [statement.operation.method, "->", statement.resume];
    case "jump":
      return ["->", statement.to];
    case "goState":
      return ["->", String(statement.state)];
    case "fail":
      return [statement.error];
    default:
      return [];
  }
}

/** `(call put_context (literal "total") (variable total))`. */
export function showNode(node: Node): string {
  return `(${[node.kind, ...attributes(node), ...children(node).map(showNode)].join(" ")})`;
}

/** What a node says of itself: text, numbers, flags and names, but not where it stands. */
function attributes(node: Node): string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === "kind" || key === "doc") return [];
    if (typeof value === "object" && value !== null) return "text" in value ? [JSON.stringify(value.text)] : [];
    return value === undefined || value === false ? [] : [JSON.stringify(value)];
  });
}
