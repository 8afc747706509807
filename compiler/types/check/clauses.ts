/** The clauses of a `branch`: patterns on the condition, and what is left when none matches. */
import type { Branch, BranchClause } from "../../ast/nodes.ts";
import { branchNotCovered } from "../../diagnostics/catalog/flow.ts";
import { dynamic } from "../construct.ts";
import { show } from "../show.ts";
import type { RecordOf, Type } from "../type.ts";
import { type BodyContext, createFrame } from "./body.ts";
import { report } from "./frame.ts";
import { infer } from "./infer.ts";
import { bindPattern, mayMatch, remaining } from "./patterns.ts";

export interface EnteredClause {
  readonly clause: BranchClause;
  readonly data: RecordOf;
}

export interface Clauses {
  readonly clauses: readonly EnteredClause[];
  /** Whether some clause takes every value the condition can have. */
  readonly isCovered: boolean;
}

export function checkClauses(branch: Branch, condition: Type, data: RecordOf, context: BodyContext): Clauses {
  const frame = createFrame(data, context);
  let left = condition;
  const clauses = branch.clauses.map((clause) => {
    bindPattern(clause.pattern, mayMatch(clause.pattern, left, frame) ? left : dynamic, frame);
    if (clause.guard) infer(clause.guard, frame);
    else left = remaining(clause.pattern, left, frame);
    return { clause, data };
  });
  const isCovered = left.kind === "none";
  if (!isCovered && branch.clauses.length > 0)
    report(frame, branchNotCovered, branch.keyword, { missing: missing(left) });
  return { clauses, isCovered };
}

function missing(left: Type): string {
  return left.kind === "dynamic" ? "any other value" : show(left);
}
