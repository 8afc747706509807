/** A child created in this worker's name, as claiming it would have read it. */
import { later } from "../clock.ts";
import { EMPTY_OVERLAY } from "../interpreter/data.ts";
import type { Claim, NewExecution } from "../store/store.ts";

/** Saves the round trip of claiming what the database has just said is ours. */
export function newborn(child: NewExecution, now: string): Claim {
  const { timeoutMs, owner: _owner, wakeAt: _wakeAt, data = child.input, ...created } = child;
  const execution = {
    ...created,
    status: "running" as const,
    attempt: 1,
    attemptStartedAt: null,
    data,
    overlay: EMPTY_OVERLAY,
    saved: {},
    received: null,
    wait: null,
    branches: null,
    wakeAt: null,
    stepDeadline: null,
    deadline: timeoutMs === null ? null : later(now, timeoutMs),
    result: null,
    error: null,
    epoch: 1,
    claim: null,
    seq: 0,
    signals: 0,
    crashes: 0,
    cascading: false,
    createdAt: now,
    startedAt: now,
    endedAt: null,
  };
  return { execution, arrived: { events: [], children: [] }, now };
}
