/** The completed steps of a workflow, for its saga: its own and those of its queued branches, in the order of commits. */
import type { CompletedStep } from "../../store.ts";
import { withBranches } from "../branches.ts";
import type { Database, Statement } from "../database.ts";
import { nullable, object, oneOf, rows, text } from "../decode.ts";

export const COMPLETED_STEPS: Statement = {
  name: "durable_completed_steps",
  text: `
SELECT h.id AS "executionId", h.state, h.step, h.kind, h.branch
FROM durable.executions w
CROSS JOIN LATERAL (${withBranches("w")}) m(id)
JOIN durable.history h ON h.root_id = w.root_id AND h.id = m.id
WHERE w.id = $1 AND h.status = 'completed' AND h.kind IN ('step', 'decision')
ORDER BY h.written`,
};

const step = object<CompletedStep>({
  executionId: text,
  state: text,
  step: text,
  kind: oneOf("step", "decision"),
  branch: nullable(text),
});

export async function completedSteps(database: Database, id: string): Promise<readonly CompletedStep[]> {
  return rows("completedSteps", await database.query(COMPLETED_STEPS, [id]), step);
}
