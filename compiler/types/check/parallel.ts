/** A parallel block: its branches start from the same data and meet again in `__results__`, or in `into:`. */
import type { Parallel, Step } from "../../ast/nodes.ts";
import { mergeRecords, withKey } from "../access.ts";
import { openRecord, recordOf, required, tagged } from "../construct.ts";
import { writtenRecord } from "../flow.ts";
import { joinRecords, union } from "../join.ts";
import type { RecordOf, Type } from "../type.ts";
import { type BodyContext, checkBody, createFrame } from "./body.ts";
import { type Exit, exitsOf } from "./exits.ts";
import type { Return } from "./frame.ts";
import { inferFnClauses } from "./functions.ts";
import { infer } from "./infer.ts";
import { endsOf } from "./kept.ts";

/** Where the outcomes of the last block are kept, until the next block or the end. */
export const resultsKey = "__results__";

export function checkParallel(parallel: Parallel, data: RecordOf, context: BodyContext): readonly Exit[] {
  const options = context.checker.resolved.parallelOptions.get(parallel);
  const mayFail = parallel.into !== null || options?.onError === "complete_all";
  const branches = parallel.items.filter((item) => item.kind === "step");
  const results = recordOf(
    branches.map((step) => {
      context.checker.data.set(step, data);
      context.checker.after.set(step, data);
      const value = tagged("ok", branchValue(step, data, context));
      const key = context.checker.resolved.stepOptions.get(step)?.returns ?? step.name.text;
      return [key, required(mayFail ? union(value, tagged("error", openRecord)) : value)] as const;
    }),
  );
  if (parallel.into) return checkBody(parallel.into, data, [results], "`into:`", context);
  return [{ data: withKey(data, resultsKey, results), target: null }];
}

/** What a branch has to show: its writes, overlaid by the map it returns. */
function branchValue({ body }: Step, data: RecordOf, context: BodyContext): Type {
  const [end] = endsOf(body, data, [], context, (seen, inner) => {
    const frame = createFrame(seen, inner);
    inferFnClauses(body.clauses, [seen], frame, (clause) => infer(clause.body, frame, "tail"));
    const [first, ...others] = frame.returns.flatMap(valuesOf);
    return [{ data: others.reduce(joinRecords, first ?? openRecord), target: null }];
  });
  return end!.data;
}

function valuesOf(end: Return): RecordOf[] {
  const written = writtenRecord(end.writes);
  return exitsOf([{ ...end, writes: { ...end.writes, fields: new Map(), rest: null } }], recordOf([])).map((exit) =>
    mergeRecords(written, exit.data),
  );
}
