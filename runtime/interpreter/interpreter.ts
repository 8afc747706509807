/**
 * Pure decisions: a machine, an execution and what happened in; the next progress and what is to be recorded out. No SQL,
 * no clock, no I/O: the worker brings those, and the store records what is decided here.
 */
import { due, earliest, later } from "../clock.ts";
import type { StateId } from "../machine.ts";
import { ended } from "../status.ts";
import type { Arrived, ChildState, Execution, ExecutionError } from "../store/store.ts";
import { advance, enter } from "./advance.ts";
import { fail } from "./end.ts";
import { endHopeless, endOverdue, endSegment } from "./end-segment.ts";
import { failure } from "./failure.ts";
import { begun, isInline, type Line, lineOf, openLines } from "./line.ts";
import {
  after,
  deadlineOf,
  joined,
  type LineKey,
  type Move,
  move,
  type SegmentEnd,
  type Situation,
  timeoutError,
} from "./move.ts";
import { awaitsInto, endBranch, endInto, join } from "./parallel.ts";
import { beginHandler, endHandler, failPlan, giveUpHandler, isPlanned } from "./saga.ts";
import { childValue, expiry, fatalTimeout, givenUp, type Resolution, resolveWait, running } from "./wait.ts";

/** Code the worker may run now for a line. */
export type Task =
  | { readonly run: "segment" | "choose" | "into" | "plan" | "handler"; readonly key: LineKey }
  | { readonly run: "child"; readonly key: LineKey; readonly id: string };

const RELEASE_MS = 1000;
const NOTHING_ARRIVED: Arrived = { events: [], children: [] };

/** A worker has claimed the execution: what has come meanwhile, and where it stands now. */
export function accept(situation: Situation, arrived: Arrived, maxCrashes: number): Move {
  const { execution } = situation;
  const status = execution.status === "compensating" ? "compensating" : "running";
  const taken = move(situation, { status, wakeAt: keptBackoff(situation) });
  if (execution.crashes >= maxCrashes) return joined(taken, failFor(after(situation, taken), crashed(execution)));
  if (status === "compensating") return taken;
  if (execution.state === null) return joined(taken, enter(situation, null, execution.data));
  const entered = followed(situation, taken, enterBlock);
  const again = followed(situation, entered, beginToWait);
  const timed = followed(situation, again, (now) => expire(now) ?? move(now, {}));
  return openLines(after(situation, timed).execution).reduce<Move>(
    (sofar, [key]) => followed(situation, sofar, (now) => receive(now, key, arrived)),
    timed,
  );
}

/** The code that may run now; nothing when the execution has to rest or only waits for what is running. */
export function runnable(situation: Situation): readonly Task[] {
  const { execution, machine, now } = situation;
  if (execution.status === "compensating") return undoing(execution, now);
  if (execution.status !== "running") return [];
  if (awaitsInto(situation)) return [{ run: "into", key: null }];
  return openLines(execution).flatMap(([key, line]): readonly Task[] => {
    if (line.wakeAt !== null && !due(line.wakeAt, now)) return [];
    if (line.wait === null) return [{ run: machine.states[line.state]?.kind === "branch" ? "choose" : "segment", key }];
    return line.wait.on === "child" && isInline(execution, key) ? [{ run: "child", key, id: line.wait.id }] : [];
  });
}

/** The line's attempt begins, unless it already has. */
export function begin(situation: Situation, key: LineKey): Move {
  if (isPlanned(situation.execution)) return beginHandler(situation);
  if (situation.execution.status === "compensating") return move(situation, {});
  const line = begun(situation.machine, lineOf(situation.execution, key)!, situation.now);
  return changeLine(situation, key, { ...line, wakeAt: null });
}

/** A segment of a step, or a compensation's handler, has run. */
export function settle(situation: Situation, key: LineKey, end: SegmentEnd): Move {
  if (situation.execution.status === "compensating") return endHandler(situation, end);
  if (due(situation.execution.deadline, situation.now)) return workflowTimeout(situation);
  if (awaitsInto(situation)) return endInto(situation, end);
  const line = endSegment(situation, key, lineOf(situation.execution, key)!, end);
  return key === null ? advance(situation, line, end.pure) : endBranch(situation, key, line, end.pure);
}

/** A branch's condition has been computed: the state it leads to, or why it has none. */
export function settleChoice(
  situation: Situation,
  chosen: { state: StateId | null } | { error: ExecutionError },
): Move {
  if ("state" in chosen) return enter(situation, chosen.state, situation.execution.data);
  return fail(situation, { ...chosen.error, type: "branch_error" });
}

/** An inline child has ended. */
export function childEnded(situation: Situation, key: LineKey, child: ChildState): Move {
  return changeLine(situation, key, { wait: null, wakeAt: null, received: { value: childValue(child) } });
}

/** An inline child backs off until then. */
export function childRests(situation: Situation, key: LineKey, wakeAt: string): Move {
  return changeLine(situation, key, { wakeAt });
}

/** What the passing of time alone decides; null when nothing is over yet. */
export function expire(situation: Situation): Move | null {
  const { execution, now } = situation;
  if (ended(execution.status)) return null;
  if (isPlanned(execution)) return due(execution.stepDeadline, now) ? giveUpHandler(situation) : null;
  if (due(deadlineOf(execution), now)) return workflowTimeout(situation);
  const expired = openLines(execution).map(([key, line]) => expireLine(situation, key, line));
  return expired.find((found) => found !== null) ?? null;
}

/** When `expire` may decide something, or a backoff is over; null when only events can. */
export function nextTimer({ execution }: Situation): string | null {
  if (execution.status === "compensating") return earliest(execution.wakeAt, execution.stepDeadline);
  if (execution.branches === null && execution.wait === null) {
    return earliest(execution.deadline, execution.wakeAt, execution.stepDeadline);
  }
  const times = openLines(execution).flatMap(([, line]) => [line.wakeAt, line.stepDeadline, waitDeadline(line)]);
  return earliest(execution.deadline, ...times);
}

/** Nobody needs to hold it any more: it has ended, or comes back when due or when what it waits for comes. */
export function isResting({ status, wakeAt }: Execution): boolean {
  return status === "compensating" ? wakeAt !== null : status !== "running";
}

/** Nothing can run: the execution gives its worker back, to be claimed again when due or when what it waits for comes. */
export function rest(situation: Situation): Move {
  const { execution } = situation;
  const waits = execution.wait !== null && execution.wakeAt === null && !isInline(execution, null);
  return move(situation, { status: waits ? "waiting" : "pending", wakeAt: nextTimer(situation) }, { durable: true });
}

/** The execution cannot go on for a reason outside its code. */
export function refuse(situation: Situation, type: string, message: string): Move {
  return failFor(situation, failure(type, message));
}

/** A saga that this worker cannot carry on is given back, for anybody to try again soon. */
export function release(situation: Situation): Move {
  const { status, wakeAt } = situation.execution;
  return move(situation, status === "compensating" ? { wakeAt: wakeAt ?? later(situation.now, RELEASE_MS) } : {});
}

function failFor(situation: Situation, error: ExecutionError): Move {
  const { execution } = situation;
  if (execution.status !== "compensating") return fail(situation, error);
  return isPlanned(execution) ? giveUpHandler(situation, error) : failPlan(situation, error);
}

function undoing(execution: Execution, now: string): readonly Task[] {
  if (execution.wakeAt !== null && !due(execution.wakeAt, now)) return [];
  return [{ run: isPlanned(execution) ? "handler" : "plan", key: null }];
}

/** An execution may begin in a parallel block, whose branches nobody has set up yet. */
function enterBlock(situation: Situation): Move {
  const { state, data, branches, wait } = situation.execution;
  const isNew =
    branches === null && wait === null && state !== null && situation.machine.states[state]?.kind === "parallel";
  return isNew ? enter(situation, state, data) : move(situation, {});
}

/** An attempt that goes on waiting where the one before it did begins with the end of the backoff: no code of it will. */
function beginToWait(situation: Situation): Move {
  const { machine, execution, now } = situation;
  const line = lineOf(execution, null);
  if (line === null || line.wait === null || line.wait.on === "join") return move(situation, {});
  return changeLine(situation, null, begun(machine, line, now));
}

function receive(situation: Situation, key: LineKey, arrived: Arrived): Move {
  const line = lineOf(situation.execution, key);
  if (line === null || line.wait === null) return move(situation, {});
  if (line.wait.on === "join") return join(situation, arrived.children);
  const wait = running(line.wait, situation.now);
  const fatal = fatalTimeout(wait, arrived, situation.now);
  if (fatal !== null) return advance(situation, endHopeless(situation, key, line, fatal), false);
  const resolution = resolveWait(wait, arrived, situation.now);
  return resolution === null ? changeLine(situation, key, { wait }) : receiving(situation, key, resolution);
}

function receiving(situation: Situation, key: LineKey, { received, consumed, timedOut, cancels }: Resolution): Move {
  const changed = changeLine(situation, key, { wait: null, wakeAt: null, received });
  // Of a name that several branches wait for, each event is for one: nothing acts on it before it is ours.
  const contested = consumed.length > 0 && situation.execution.kind === "branch";
  return { ...changed, consumed, cancels, durable: timedOut || contested };
}

function expireLine(situation: Situation, key: LineKey, line: Line): Move | null {
  if (due(line.stepDeadline, situation.now)) {
    const end = endOverdue(situation, key, line);
    const decided = key === null ? advance(situation, end, false) : endBranch(situation, key, end, false);
    return { ...decided, aborts: [...decided.aborts, key] };
  }
  if (line.wait === null || !isInline(situation.execution, key)) return null;
  const resolution = expiry(line.wait, NOTHING_ARRIVED, situation.now);
  if (resolution === null || line.wait.on !== "child") return null;
  return { ...receiving(situation, key, { ...resolution, cancels: [givenUp(line.wait.id)] }), aborts: [key] };
}

function workflowTimeout(situation: Situation): Move {
  const error = timeoutError("workflow_timeout", situation.machine.workflow);
  return { ...fail(situation, error), cascading: true };
}

function changeLine(situation: Situation, key: LineKey, changes: Partial<Line>): Move {
  if (key === null) return move(situation, changes);
  const { branches } = situation.execution;
  return move(situation, { branches: { ...branches, [key]: { ...branches![key]!, ...changes } } });
}

/** An inline execution can be taken over before its backoff ends; any other is only claimed when it is due. */
function keptBackoff({ execution, now }: Situation): string | null {
  return execution.kind === "inline" && !due(execution.wakeAt, now) ? execution.wakeAt : null;
}

function waitDeadline({ wait }: Line): string | null {
  return wait === null || wait.on === "join" ? null : wait.until;
}

function followed(start: Situation, first: Move, decide: (situation: Situation) => Move): Move {
  return joined(first, decide(after(start, first)));
}

function crashed({ crashes }: Execution): ExecutionError {
  return failure("worker_crashed", `${crashes} workers in a row were lost while running this step.`);
}
