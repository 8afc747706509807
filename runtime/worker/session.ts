/**
 * One execution in hand: what it has come to, what of that is recorded, and the code running for it. Decisions are the
 * interpreter's; this carries them out in order, and records each before anything acts on it.
 */

import { tellCancelled } from "../cancelling.ts";
import { failure } from "../interpreter/failure.ts";
import { refuse, settle } from "../interpreter/interpreter.ts";
import { joined, type LineKey, type Move, movedTo, type SegmentEnd, type Situation } from "../interpreter/move.ts";
import { raised } from "../interpreter/outcome.ts";
import type { Machine } from "../machine.ts";
import { ended } from "../status.ts";
import type { ChildState, Claim, CommitResult, Execution, NewExecution, Transition } from "../store/store.ts";
import type { Telemetry } from "../telemetry.ts";
import { testpoint } from "../testpoint.ts";
import { type Bell, bell } from "./bell.ts";
import type { Flight } from "./flight.ts";
import { newborn } from "./newborn.ts";
import type { Surroundings } from "./surroundings.ts";

export interface Session {
  readonly around: Surroundings;
  readonly machine: Machine;
  /** As decided, recorded or not. */
  execution: Execution;
  /** As in the database. */
  recorded: Execution;
  unrecorded: Move | null;
  /** How the last segment ended and what stood before it: to decide otherwise when the database finds a ref taken. */
  last: {
    readonly key: LineKey;
    readonly end: SegmentEnd;
    readonly execution: Execution;
    readonly unrecorded: Move | null;
  } | null;
  /** Code running for its lines. */
  readonly flights: Map<LineKey, Flight>;
  /** What has happened and is not decided yet. */
  readonly events: ((session: Session) => void)[];
  readonly bell: Bell;
  /** Cancelled, in other hands, or not wanted by this worker any more: nothing more is recorded. */
  givenUp: boolean;
  /** Inline children created in our name and not begun yet. */
  readonly newborns: Map<string, Claim>;
}

export function sessionOf(around: Surroundings, machine: Machine, { execution }: Claim): Session {
  return {
    around,
    machine,
    execution,
    recorded: execution,
    unrecorded: null,
    last: null,
    flights: new Map(),
    events: [],
    bell: bell(),
    givenUp: false,
    newborns: new Map(),
  };
}

/** The situation the interpreter decides in, now. */
export function situationOf({ around, machine, execution }: Session): Situation {
  const { maxPayloadBytes } = around.settings;
  return { machine, execution, now: around.clock.now(), chance: around.chance(), maxPayloadBytes };
}

/** Takes a decision as made; it is recorded with the next `record`. */
export function decide(session: Session, move: Move): void {
  session.execution = movedTo(session.execution, move.progress);
  session.unrecorded = session.unrecorded === null ? move : joined(session.unrecorded, move);
  for (const key of move.aborts) abort(session, key);
}

/** A segment has ended. */
export function segmentEnded(session: Session, key: LineKey, end: SegmentEnd): void {
  const { execution, unrecorded } = session;
  session.last = { key, end, execution, unrecorded };
  decide(session, settle(situationOf(session), key, end));
}

/** Stops what runs for a line; whatever it still gives is of no interest. */
export function abort(session: Session, key: LineKey): void {
  session.flights.get(key)?.abort();
  session.flights.delete(key);
}

export function abortAll(session: Session): void {
  for (const key of [...session.flights.keys()]) abort(session, key);
}

/** Writes what is decided; false when the execution is not ours any more. */
export async function record(session: Session): Promise<boolean> {
  for (;;) {
    const move = session.unrecorded;
    if (move === null) return true;
    const cancels = move.cancels.length > 0 || move.cancelsBranches !== null;
    if (cancels && !(await cancelAll(session, move))) return false;
    const children = move.children.map((child) => claimed(session, child));
    testpoint("before-commit");
    const result = await session.around.committer.commit(transitionOf(session, move, children));
    testpoint("after-commit");
    if (result.outcome === "applied") return applied(session, result, children, move);
    for (const child of children) giveBack(session, child);
    if (result.outcome === "fenced") return false;
    decideOtherwise(session, result);
  }
}

/** As its parent sees it. */
export function childStateOf({ id, ref, status, result, error }: Execution): ChildState {
  return { id, ref, status, result, error };
}

function transitionOf(session: Session, move: Move, children: readonly NewExecution[]): Transition {
  const { rootId, id, parentId, epoch, claim, seq, signals } = session.recorded;
  const { progress, history, consumed, opens, cascading } = move;
  return { rootId, id, parentId, epoch, claim, seq, signals, progress, history, children, consumed, opens, cascading };
}

function applied(
  session: Session,
  { status, signals, handedOver }: CommitResult & { outcome: "applied" },
  children: readonly NewExecution[],
  move: Move,
): boolean {
  const { around } = session;
  const seq = session.recorded.seq + 1;
  session.execution = { ...session.execution, status, seq, signals };
  session.recorded = session.execution;
  session.unrecorded = null;
  session.last = null;
  if (move.cascading) around.cascade();
  tell(around.settings.telemetry, session.recorded, move);
  for (const child of children) {
    if (!handedOver.includes(child.id)) giveBack(session, child);
    else if (child.kind === "inline") session.newborns.set(child.id, newborn(child, around.clock.now()));
    else around.handOver(child.queue, newborn(child, around.clock.now()));
  }
  return true;
}

/** Observers hear of what is recorded, once it is. */
function tell(telemetry: Telemetry, execution: Execution, { history, children }: Move): void {
  for (const entry of history) telemetry.attempted(execution, entry);
  for (const child of children) if (child.kind !== "branch") telemetry.started(child);
  if (ended(execution.status) && execution.kind !== "branch") telemetry.ended(execution, execution.status);
}

/** Inline children are ours from birth; others where there is room for them. */
function claimed({ around }: Session, child: NewExecution): NewExecution {
  const ours = child.kind === "inline" || around.reserve(child.queue);
  return ours ? { ...child, owner: around.worker } : child;
}

function giveBack({ around }: Session, child: NewExecution): void {
  if (child.owner !== null && child.kind !== "inline") around.handOver(child.queue, null);
}

/** False when the execution is not ours any more, and with it the say over its children. */
async function cancelAll({ around, recorded }: Session, { cancels, cancelsBranches }: Move): Promise<boolean> {
  if (cancelsBranches !== null) {
    if ((await around.store.cancelBranches(recorded.rootId, recorded, cancelsBranches)) === "not_held") return false;
    around.cascade();
  }
  for (const { id, error } of cancels) {
    testpoint("before-cancel");
    const result = await around.store.cancel(id, error, recorded);
    if (result === "not_held") return false;
    testpoint("after-cancel");
    if (result === "cancelled") await tellCancelled(around.store, around.settings.telemetry, id);
    around.cascade();
  }
  return true;
}

/** The database did not take it: a ref that means another child fails the attempt, data it cannot hold the execution. */
function decideOtherwise(
  session: Session,
  result: Extract<CommitResult, { outcome: "refConflict" | "refused" }>,
): void {
  const { last } = session;
  if (result.outcome === "refConflict" && last !== null) {
    session.execution = last.execution;
    session.unrecorded = last.unrecorded;
    const message = `The ref ${result.ref} means a child already: ${result.existing}; it cannot also be ${result.requested}.`;
    const end = { ...last.end, outcome: raised(failure("ref_conflict", message)), started: [] };
    session.last = null;
    decide(session, settle(situationOf(session), last.key, end));
    return;
  }
  const reason = result.outcome === "refused" ? result.reason : `the ref ${result.ref} is taken`;
  session.execution = session.recorded;
  session.unrecorded = null;
  decide(
    session,
    refuse(situationOf(session), "data_refused", `The database refused what the execution wrote: ${reason}`),
  );
}
