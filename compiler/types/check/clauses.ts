/** The clauses of a `branch`: patterns on the condition, and what is left when none matches. */
import type { Branch, BranchClause, Fn } from "../../ast/nodes.ts";
import { branchNotCovered } from "../../diagnostics/catalog/flow.ts";
import { dynamic } from "../construct.ts";
import { intersect } from "../narrow.ts";
import { show } from "../show.ts";
import type { RecordOf, Type } from "../type.ts";
import { type BodyContext, createFrame } from "./body.ts";
import { keyText } from "./collections.ts";
import { withTestedKey } from "./conditions.ts";
import { type Frame, report } from "./frame.ts";
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
  const key = testedKey(branch.on, frame);
  let left = condition;
  const clauses = branch.clauses.map((clause) => {
    const possible = mayMatch(clause.pattern, left, frame);
    const matched = bindPattern(clause.pattern, possible ? left : dynamic, frame);
    if (clause.guard) infer(clause.guard, frame);
    else left = remaining(clause.pattern, left, frame);
    const entered = possible && key !== null ? withTestedKey(data, key, (type) => intersect(type, matched)) : data;
    return { clause, data: entered.kind === "record" ? entered : data };
  });
  const isCovered = left.kind === "none";
  if (!isCovered && branch.clauses.length > 0)
    report(frame, branchNotCovered, branch.keyword, { missing: missing(left) });
  return { clauses, isCovered };
}

/** The key of the data that a condition looks at, `fn data -> data.kind end`; null where it does more than that. */
function testedKey(on: Fn, frame: Frame): string | null {
  const [clause, ...others] = on.clauses;
  const [expr, ...more] = clause?.body.expressions ?? [];
  if (!expr || others.length + more.length > 0 || (expr.kind !== "field" && expr.kind !== "access")) return null;
  const [param] = clause?.params ?? [];
  const { locals } = frame.checker.resolved;
  if (param?.kind !== "variablePattern" || expr.object.kind !== "variable") return null;
  if (locals.get(expr.object) !== locals.get(param)) return null;
  return expr.kind === "field" ? expr.key.text : keyText(expr.key, frame);
}

function missing(left: Type): string {
  return left.kind === "dynamic" ? "any other value" : show(left);
}
