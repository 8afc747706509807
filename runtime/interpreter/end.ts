/**
 * How an execution ends. One that fails is undone first where steps of its workflow have compensations: it becomes
 * `compensating`, and the saga ends it (saga.ts). A queued branch is undone by the workflow it belongs to.
 */
import type { Data } from "../json.ts";
import type { EndedStatus } from "../status.ts";
import type { ExecutionError, FailurePoint, Progress } from "../store/store.ts";
import { EMPTY_OVERLAY } from "./data.ts";
import { abortedEntry } from "./end-segment.ts";
import { failure } from "./failure.ts";
import { blockOf, isInline, type Line, openLines } from "./line.ts";
import { type Cancel, type Move, move, resumeKeyOf, type Situation } from "./move.ts";
import { joinOf } from "./wait.ts";

/** For an inline child whose parent has no use for it any more. */
const ABANDONED = failure("cancelled", "parent_failed");

/** The execution has come to its result. */
export function complete(situation: Situation, result: Data, data: Data, recorded: Partial<Move>): Move {
  return move(situation, ended("completed", { result, data }), { ...recorded, durable: true });
}

/** The execution fails; code still running for it is given up, and inline children with it. */
export function fail(situation: Situation, error: ExecutionError, recorded: Partial<Move> = {}): Move {
  const lines = openLines(situation.execution);
  const aborted = lines.flatMap(([key, line]) => abortedEntry(situation, key, line, error) ?? []);
  const inline = lines.filter(([key]) => isInline(situation.execution, key)).map(([, line]) => line);
  const outcome = { error, failure: failurePoint(situation) };
  const progress = hasSaga(situation) ? compensating(situation, outcome) : ended("failed", outcome);
  return move(situation, progress, {
    ...recorded,
    history: [...(recorded.history ?? []), ...aborted],
    cancels: [...(recorded.cancels ?? []), ...abandoned(inline)],
    aborts: lines.map(([key]) => key),
    durable: true,
  });
}

/** The inline children that these lines were waiting for: nobody would run them any more. */
export function abandoned(lines: readonly Pick<Line, "wait">[]): readonly Cancel[] {
  return lines.flatMap(({ wait }) => (wait?.on === "child" ? [{ id: wait.id, error: ABANDONED }] : []));
}

/** Nothing more will happen to it. */
export function ended(status: EndedStatus, outcome: Partial<Progress>): Partial<Progress> {
  return { ...IDLE, status, resumeKey: null, ...outcome };
}

function compensating({ machine }: Situation, outcome: Partial<Progress>): Partial<Progress> {
  return { ...IDLE, status: "compensating", resumeKey: resumeKeyOf(machine, null), attempt: 1, ...outcome };
}

const IDLE = {
  state: null,
  attemptStartedAt: null,
  overlay: EMPTY_OVERLAY,
  saved: {},
  received: null,
  wait: null,
  branches: null,
  wakeAt: null,
  stepDeadline: null,
} as const;

function hasSaga({ machine, execution }: Situation): boolean {
  if (execution.kind === "branch" || machine.compensations === undefined) return false;
  return Object.values(machine.states).some((state) => "compensate" in state && state.compensate !== undefined);
}

/** Where a retry by hand takes up again; null for what has no state to go back to. */
function failurePoint(situation: Situation): FailurePoint | null {
  const { machine, execution } = situation;
  const { state, overlay, saved, received, wait, branches } = execution;
  if (state === null) return null;
  const block = blockOf(situation);
  const { put, deleted } = overlay;
  return {
    state,
    resumeKey: resumeKeyOf(machine, state),
    overlay: { put, deleted },
    saved,
    received,
    wait: block?.mode === "queued" ? joinOf(execution.id, block) : wait,
    timeoutMs: execution.deadline === null ? null : (machine.timeoutMs ?? null),
    branches: block?.mode === "inline" ? branches : null,
  };
}
