/**
 * The saga of an execution that has failed: the handlers of its completed steps run newest first, each a durable step
 * with its own retries, given the data as of the last checkpoint overlaid by what earlier handlers put. A handler that
 * fails is recorded, and the rest still run. The error of the execution stays the one it failed with.
 */
import { due, later } from "../clock.ts";
import type { Dynamic } from "../json.ts";
import type { Compensation as Handler } from "../machine.ts";
import { oversizeFailure } from "../payload.ts";
import type { Compensation, CompletedStep, Execution, ExecutionError, HistoryEntry } from "../store/store.ts";
import { overlaid } from "./data.ts";
import { ended } from "./end.ts";
import { failure } from "./failure.ts";
import { freshLine, type Line } from "./line.ts";
import { type Move, move, type SegmentEnd, type Situation, timeoutError } from "./move.ts";
import { type Failure, hopeless, raised } from "./outcome.ts";
import { backoffMs, mayRetry } from "./retry.ts";

/** True once it is known what is to be undone. */
export function isPlanned({ compensations }: Execution): boolean {
  return (compensations ?? null) !== null;
}

/** What is to be undone, from the steps that have completed, in the order they did; with nothing to undo it has failed. */
export function plan(situation: Situation, steps: readonly CompletedStep[]): Move {
  const compensations = [...steps].reverse().flatMap((step) => owed(situation, step));
  if (compensations.length > 0) return move(situation, { compensations, attempt: 1 }, { durable: true });
  return move(situation, ended("failed", {}), { durable: true });
}

const MAX_PLANS = 10;

/**
 * What is to be undone could not be found out: it is tried again after a while, for that may take a mended build. When it
 * has failed often, nothing is undone and the execution says so.
 */
export function failPlan(situation: Situation, error: ExecutionError): Move {
  const { execution, now, chance } = situation;
  const { attempt } = execution;
  if (attempt < MAX_PLANS) {
    const wakeAt = later(now, backoffMs({}, attempt, chance));
    return move(situation, { attempt: attempt + 1, wakeAt }, { durable: true });
  }
  const told = { ...execution.error!, compensation_error: error };
  return move(situation, ended("compensation_failed", { compensations: [], error: told }), { durable: true });
}

/** The handler whose turn it is; `run` is undefined when this build of the code has none of the name. */
export function nextHandler({ machine, execution }: Situation): { of: Compensation; handler: Handler | undefined } {
  const of = execution.compensations!.find(({ status }) => status === "pending")!;
  return { of, handler: machine.compensations?.[of.compensation] };
}

/** The handler's code runs on a line of its own. */
export function handlerLine(situation: Situation): Line {
  const { attempt } = situation.execution;
  return { ...freshLine(stateOf(nextHandler(situation).of)), attempt };
}

/** The handler's attempt begins, and its timeout runs. */
export function beginHandler(situation: Situation): Move {
  const timeoutMs = nextHandler(situation).handler?.timeoutMs;
  const stepDeadline = timeoutMs === undefined ? null : later(situation.now, timeoutMs);
  return move(situation, { wakeAt: null, attemptStartedAt: situation.now, stepDeadline });
}

/** The handler's attempt has ended: it is made again later, or the next handler's turn has come. */
export function endHandler(situation: Situation, end: Pick<SegmentEnd, "outcome" | "overlay" | "log">): Move {
  const { execution, now, chance } = situation;
  const failed = due(execution.stepDeadline, now) ? overdue(situation) : failureOf(situation, end);
  const history = [entry(situation, failed?.error ?? null, end)];
  const again = { attemptStartedAt: null, stepDeadline: null };
  if (failed === null) {
    const data = overlaid(execution.data, end.overlay);
    return settled(situation, "completed", null, { ...again, data }, history);
  }
  const options = nextHandler(situation).handler?.retry ?? {};
  if (!failed.retry || !mayRetry(options, execution.attempt)) {
    return settled(situation, "failed", failed.error, again, history);
  }
  const wakeAt = later(now, backoffMs(options, execution.attempt, chance));
  return move(situation, { ...again, attempt: execution.attempt + 1, wakeAt }, { history, durable: true });
}

/** The handler's attempt ended by its timeout, or for a reason outside its code. */
export function giveUpHandler(situation: Situation, error?: ExecutionError): Move {
  const outcome = error === undefined ? overdue(situation) : hopeless(error);
  return { ...endHandler(situation, { outcome, overlay: { put: {}, deleted: [] }, log: [] }), aborts: [null] };
}

function settled(
  situation: Situation,
  status: "completed" | "failed",
  error: ExecutionError | null,
  changes: Partial<Move["progress"]>,
  history: readonly HistoryEntry[],
): Move {
  const { of } = nextHandler(situation);
  const compensations = situation.execution.compensations!.map((one) => (one === of ? { ...one, status, error } : one));
  const progress = { ...changes, compensations, attempt: 1, ...outcomeOf(compensations) };
  return move(situation, progress, { history, durable: true });
}

function outcomeOf(compensations: readonly Compensation[]): Partial<Move["progress"]> {
  if (compensations.some(({ status }) => status === "pending")) return {};
  const failed = compensations.some(({ status }) => status === "failed");
  return ended(failed ? "compensation_failed" : "compensated", { failure: null });
}

function owed({ machine }: Situation, { state, step, branch }: CompletedStep): readonly Compensation[] {
  const completed = machine.states[state];
  const compensation = completed !== undefined && "compensate" in completed ? completed.compensate : undefined;
  if (compensation === undefined) return [];
  return [{ step, branch, compensation, status: "pending", error: null }];
}

function failureOf(
  situation: Situation,
  { outcome, overlay }: Pick<SegmentEnd, "outcome" | "overlay">,
): Failure | null {
  const large = (value: Dynamic, what: string) => {
    const error = oversizeFailure(value, what, situation.maxPayloadBytes);
    return error === null ? null : hopeless(error);
  };
  switch (outcome.is) {
    case "ok":
      return large([outcome.value, overlaid(situation.execution.data, overlay)], "what the compensation leaves");
    case "error":
      return large(outcome.error, "the error of the compensation") ?? outcome;
    case "goto":
      return hopeless(failure("invalid_step_return", "A compensation cannot jump to a step."));
    case "suspended":
      return hopeless(failure("waits_in_compensation", "A compensation cannot wait."));
  }
}

function overdue(situation: Situation): Failure {
  return raised(timeoutError("step_timeout", nextHandler(situation).of.compensation));
}

function stateOf({ step, branch, compensation }: Compensation): string {
  return `${branch === null ? "" : `${branch}/`}${step}/compensate:${compensation}`;
}

function entry(situation: Situation, error: ExecutionError | null, end: Pick<SegmentEnd, "outcome" | "log">) {
  const { execution, now } = situation;
  const { of } = nextHandler(situation);
  return {
    state: stateOf(of),
    step: of.compensation,
    kind: "compensation",
    branch: of.branch,
    compensates: of.step,
    attempt: execution.attempt,
    status: error === null ? "completed" : "failed",
    output: error === null && end.outcome.is === "ok" ? end.outcome.value : null,
    error,
    log: end.log,
    startedAt: execution.attemptStartedAt ?? now,
    endedAt: now,
  } as const;
}
