/**
 * Named places where a crash is interesting. `DURABLE_TESTPOINT=name` or `name:n` makes the process kill itself there, at
 * the nth time it passes, and `name:n:SIGSTOP` makes it stop there until somebody continues it; otherwise passing one does
 * nothing.
 */

/** Every test point and the moment it stands for. */
export const TESTPOINTS = {
  "after-claim": "executions are claimed, none of their code has run",
  "before-segment": "a segment is about to run",
  "after-segment": "a segment has run, nothing of it is recorded",
  "before-commit": "a transition is about to be sent",
  "after-commit": "a transition is recorded, the worker has not acted on the answer",
  "before-cancel": "a timed-out or aborted child is about to be cancelled",
  "after-cancel": "that child is cancelled, its parent's transition is not recorded",
  "before-adopt": "an inline child is about to be taken over",
  "after-adopt": "an inline child is taken over, none of its code has run",
  "before-release": "a stopping worker is about to give back what it holds",
} as const;

export type Testpoint = keyof typeof TESTPOINTS;

const [armed, count, signal = "SIGKILL"] = (process.env.DURABLE_TESTPOINT ?? "").split(":");
let left = Number(count ?? "1");

/** Dies or stops here when this point is armed and it is its turn. */
export function testpoint(name: Testpoint): void {
  if (name === armed && --left === 0) process.kill(process.pid, signal);
}
