/** The two machines that the model knows as well: a parent of two steps, the first of which can be undone, and a child. */
import { machineOf, resume, step } from "../runtime/machines.ts";

/** A tick is so long that what runs between two operations does not count. */
export const TICK_MS = 3_600_000;
export const BACKOFF_TICKS = 1;
export const STEP_TICKS = 4;
export const WORKFLOW_TICKS = 12;
export const ATTEMPTS = 2;

const never = (): never => {
  throw new Error("outcomes are given from outside");
};
const patient = { retry: { maxAttempts: ATTEMPTS, backoff: "constant", base: BACKOFF_TICKS * TICK_MS } } as const;

export const CHILD = machineOf("Model.Child", {
  only: step(null, never, { ...patient, timeoutMs: STEP_TICKS * TICK_MS }),
  "only@": resume("only", never),
});

export const PARENT = machineOf(
  "Model.Parent",
  {
    first: step("second", never, { ...patient, timeoutMs: STEP_TICKS * TICK_MS, compensate: "undo" }),
    "first@": resume("first", never),
    second: step(null, never, patient),
    "second@": resume("second", never),
  },
  {
    timeoutMs: WORKFLOW_TICKS * TICK_MS,
    children: () => [CHILD],
    events: ["x", "y"],
    inputs: ["ask"],
    compensations: { undo: { line: 1, run: never } },
  },
);
