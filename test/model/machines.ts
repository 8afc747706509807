/**
 * The machines that the model knows as well: a parent of two steps, the first of which can be undone, a child, and one with
 * a parallel block for each way there is to run one.
 */
import type { Machine } from "@durablec/runtime";
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

/** How a parallel block runs its branches. */
export interface Block {
  readonly mode: "inline" | "queued";
  readonly failsFast: boolean;
}

const MODES = ["inline", "queued"] as const;

export const BLOCKS: readonly Block[] = MODES.flatMap((mode) =>
  [true, false].map((failsFast) => ({ mode, failsFast })),
);

/** One for each block: two branches, the first of which can be undone, and a step behind them. */
export const FORKS: readonly Machine[] = BLOCKS.map(({ mode, failsFast }) =>
  machineOf(
    `Model.Fork.${mode}.${failsFast}`,
    {
      fork: {
        ...{ kind: "parallel", line: 1, mode, onError: failsFast ? "fail_fast" : "complete_all", next: "last" },
        branches: { a: "fork/a", b: "fork/b" },
      },
      "fork/a": step(null, never, { ...patient, name: "a", timeoutMs: STEP_TICKS * TICK_MS, compensate: "undo" }),
      "fork/a@": resume("fork/a", never),
      // Fails at once, so that its sibling still lives.
      "fork/b": step(null, never, { name: "b" }),
      "fork/b@": resume("fork/b", never),
      last: step(null, never, patient),
      "last@": resume("last", never),
    },
    {
      ...{ timeoutMs: WORKFLOW_TICKS * TICK_MS, children: () => [CHILD], events: ["x", "y"], inputs: ["ask"] },
      compensations: { undo: { line: 1, run: never } },
    },
  ),
);
