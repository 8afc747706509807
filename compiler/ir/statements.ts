/** The parts of each kind of statement, in one table, for every pass that walks over bodies. */
import type { Node } from "../ast/nodes.ts";
import type { Local } from "../resolve/resolved.ts";
import type { Statement } from "./machine.ts";

export interface StatementParts {
  /** Expressions and patterns. */
  readonly nodes: readonly Node[];
  readonly statements: readonly Statement[];
  /** Locals it introduces, besides those of its patterns. */
  readonly binds: readonly Local[];
  /** Locals it reads, besides those of its expressions. */
  readonly reads: readonly Local[];
}

const nothing: StatementParts = { nodes: [], statements: [], binds: [], reads: [] };

export function partsOf(statement: Statement): StatementParts {
  switch (statement.kind) {
    case "let":
    case "assign":
    case "append":
      return { ...nothing, nodes: [statement.value], binds: [statement.local] };
    case "declare":
      return { ...nothing, nodes: statement.initial ? [statement.initial] : [], binds: [statement.local] };
    case "bind":
      return { ...nothing, nodes: [statement.pattern, statement.value] };
    case "evaluate":
    case "raise":
    case "return":
      return { ...nothing, nodes: [statement.value] };
    case "if":
      return { ...nothing, nodes: [statement.condition], statements: [...statement.then, ...statement.else] };
    case "match":
      return {
        ...nothing,
        nodes: [
          statement.subject,
          ...statement.clauses.flatMap(({ pattern, guard }) => (guard ? [pattern, guard] : [pattern])),
        ],
        statements: [...statement.clauses.flatMap(({ body }) => body), ...statement.otherwise],
      };
    case "loop":
      return { ...nothing, nodes: [statement.source], binds: [statement.item], statements: statement.body };
    case "try":
      return {
        ...nothing,
        binds: statement.rescue.flatMap(({ error }) => (error ? [error] : [])),
        statements: [
          ...statement.body,
          ...statement.rescue.flatMap(({ body }) => body),
          ...statement.after,
          ...statement.uncaught,
        ],
      };
    case "suspend":
      return {
        ...nothing,
        nodes: [...statement.operation.args, ...statement.operation.options.map(({ value }) => value)],
        reads: statement.saved,
      };
    case "jump":
      return {
        ...nothing,
        nodes: [...(statement.value ? [statement.value] : []), ...statement.updates.map(({ value }) => value)],
        reads: statement.saved,
      };
    case "fail":
      return { ...nothing, nodes: statement.value ? [statement.value] : [] };
    case "goState":
    case "break":
      return nothing;
  }
}

/** True for a statement after which the body is left. */
export function leaves({ kind }: Statement): boolean {
  return leaving.has(kind);
}

const leaving: ReadonlySet<Statement["kind"]> = new Set(["return", "goState", "suspend", "jump", "fail", "raise"]);

/** Every expression and pattern of a body. */
export function nodesOf(statements: readonly Statement[]): Node[] {
  return statements.flatMap((statement) => {
    const parts = partsOf(statement);
    return [...parts.nodes, ...nodesOf(parts.statements)];
  });
}
