/** The functions of a workflow's items: bodies of steps, conditions of branches, `into:`, compensations. */
import type { Fn } from "../../ast/nodes.ts";
import { stepReturn } from "../../diagnostics/catalog/type.ts";
import type { ResolvedModule } from "../../resolve/resolved.ts";
import { startOfBody } from "../flow.ts";
import { show } from "../show.ts";
import type { RecordOf, Type } from "../type.ts";
import { checkDeletes } from "./deletes.ts";
import { type Exit, exitsOf, meansNothing } from "./exits.ts";
import { type Checker, type Frame, report, type UnknownKeyReport } from "./frame.ts";
import { inferFnClauses } from "./functions.ts";
import { infer } from "./infer.ts";
import { endsOf } from "./kept.ts";
import { checkStored } from "./stored.ts";

export interface BodyContext {
  readonly checker: Checker;
  readonly module: ResolvedModule;
  readonly input: RecordOf;
  readonly events: RecordOf | null;
  readonly unknownKeys: UnknownKeyReport[];
  /** What the bodies of the item rest on that is being checked. */
  readonly grounds: readonly unknown[];
}

/**
 * Checks a body and tells how it can end. It is given the data, and what else is `given`; `what` names it in messages, null
 * when its value means nothing.
 */
export function checkBody(
  body: Fn,
  data: RecordOf,
  given: readonly Type[],
  what: string | null,
  context: BodyContext,
): readonly Exit[] {
  return endsOf(body, data, given, context, (seen, inner) => {
    const frame = createFrame(seen, inner);
    inferFnClauses(body.clauses, [seen, ...given], frame, (clause) => infer(clause.body, frame, "tail"));
    if (what !== null) {
      checkReturns(frame, what);
      checkDeletes(body, frame);
      checkReturnedData(frame);
    }
    return exitsOf(frame.returns, seen);
  });
}

/** The type of what a condition looks at. */
export function checkCondition(on: Fn, data: RecordOf, context: BodyContext): Type {
  const [end] = endsOf(on, data, [], context, (seen, inner) => {
    const frame = createFrame(seen, inner);
    return [{ data: inferFnClauses(on.clauses, [seen], frame, (clause) => infer(clause.body, frame)), target: null }];
  });
  return end!.data;
}

export function createFrame(data: RecordOf, context: BodyContext): Frame {
  return { ...context, data, captured: [], returns: [], flow: startOfBody, loops: 0 };
}

/** Wrong only when no value of the type means anything. */
function checkReturns(frame: Frame, what: string): void {
  for (const { type, span } of frame.returns) {
    if (!meansNothing(type)) continue;
    report(frame, stepReturn, span, { what, actual: show(type) });
  }
}

function checkReturnedData(frame: Frame): void {
  for (const { expr } of frame.returns) {
    const [tag] = expr?.kind === "tuple" ? expr.items : [];
    if (expr && tag?.kind === "literal" && tag.value !== "error") checkStored(expr, frame);
  }
}
