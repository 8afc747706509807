import type { Local } from "../../resolve/resolved.ts";
import type { Statement } from "../machine.ts";
import { leaves } from "../statements.ts";

/** Whether every path through the statements that goes on beyond them has set the local, so far as their form tells. */
export function fills(statements: readonly Statement[], local: Local): boolean {
  return statements.some((statement) => fillsAlone(statement, local));
}

function fillsAlone(statement: Statement, local: Local): boolean {
  switch (statement.kind) {
    case "assign":
      return statement.local === local;
    case "if":
      return fills(statement.then, local) && fills(statement.else, local);
    case "match":
      return statement.clauses.every(({ body }) => fills(body, local)) && fills(statement.otherwise, local);
    case "try":
      return fills(statement.body, local) && statement.rescue.every(({ body }) => fills(body, local));
    default:
      return leaves(statement);
  }
}
