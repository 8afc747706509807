/** Runs an execution in hand until it has ended or rests, its inline children with it. */
import {
  accept,
  begin,
  childEnded,
  childRests,
  expire,
  isResting,
  nextTimer,
  refuse,
  release,
  rest,
  runnable,
  settleChoice,
  type Task,
} from "../interpreter/interpreter.ts";
import { lineOf } from "../interpreter/line.ts";
import { handlerLine, plan } from "../interpreter/saga.ts";
import type { Machine } from "../machine.ts";
import { ended } from "../status.ts";
import type { ChildState, Claim } from "../store/store.ts";
import { testpoint } from "../testpoint.ts";
import { type Flight, newFlight } from "./flight.ts";
import { choose, runHandler, runInto, runSegment, type SegmentRun } from "./segment.ts";
import {
  abortAll,
  childStateOf,
  decide,
  record,
  type Session,
  segmentEnded,
  sessionOf,
  situationOf,
} from "./session.ts";
import type { Surroundings } from "./surroundings.ts";

/** How a worker came to be done with an execution. */
export type Parting =
  | { readonly is: "ended"; readonly child: ChildState }
  | { readonly is: "rests"; readonly wakeAt: string | null }
  /** Cancelled, in other hands, or to be given back. */
  | { readonly is: "lost" };

/** What a task comes to: a change of the session. */
type Event = (session: Session) => void;

/** Runs a claimed execution as far as it goes. The signal gives it up without recording anything more. */
export async function execute(around: Surroundings, claim: Claim, signal?: AbortSignal): Promise<Parting> {
  const { id } = claim.execution;
  const session = sessionOf(around, machineOf(around, claim), claim);
  const abandon = () => giveUp(session);
  signal?.addEventListener("abort", abandon);
  around.inHand.set(id, abandon);
  try {
    refuseUnknownState(session);
    decide(session, accept({ ...situationOf(session), now: claim.now }, claim.arrived, around.maxCrashes));
    return await live(session);
  } catch (error) {
    return await failInternally(session, error);
  } finally {
    signal?.removeEventListener("abort", abandon);
    around.inHand.delete(id);
    abortAll(session);
  }
}

/** An error of this library must not leave an execution in limbo: it ends with that error, from its last record. */
async function failInternally(session: Session, error: unknown): Promise<Parting> {
  if (session.givenUp) return { is: "lost" };
  session.around.onError(error);
  session.execution = session.recorded;
  session.unrecorded = null;
  const message = error instanceof Error ? error.message : String(error);
  decide(session, refuse(situationOf(session), "internal_error", message));
  decide(session, release(situationOf(session)));
  return (await record(session)) ? parting(session) : { is: "lost" };
}

async function live(session: Session): Promise<Parting> {
  for (;;) {
    const tasks = tasksOf(session);
    if (isIdle(session, tasks)) decide(session, rest(situationOf(session)));
    if (session.unrecorded?.durable) {
      if (session.givenUp || !(await record(session))) return { is: "lost" };
    } else if (isResting(session.execution)) {
      return parting(session);
    } else if (isOver(session)) {
      return { is: "lost" };
    } else {
      for (const task of tasks) launch(session, task);
      if (session.events.length === 0) await session.bell.heard(untilTimer(session));
      takeEvent(session);
    }
  }
}

/** It is not ours any more, or the worker stops and nothing runs. */
function isOver({ givenUp, around, flights }: Session): boolean {
  return givenUp || (around.stopping() && flights.size === 0);
}

/** Decides what follows from what is over by the clock, or else from the first that has happened. */
function takeEvent(session: Session): void {
  const expired = expire(situationOf(session));
  if (expired !== null) decide(session, expired);
  else session.events.shift()?.(session);
}

function tasksOf(session: Session): readonly Task[] {
  return runnable(situationOf(session)).filter(({ key }) => !session.flights.has(key));
}

/** Nothing runs, nothing can run, and nothing is left to be decided. */
function isIdle({ execution, flights }: Session, tasks: readonly Task[]): boolean {
  return execution.status === "running" && flights.size === 0 && tasks.length === 0;
}

/** Starts a task; what it comes to is an event, unless its line is aborted before the event's turn. */
function launch(session: Session, task: Task): void {
  const { key } = task;
  const flight = newFlight();
  session.flights.set(key, flight);
  decide(session, begin(situationOf(session), key));
  const landed = (event: Event) => {
    session.events.push((now) => {
      if (now.flights.get(key) !== flight) return;
      now.flights.delete(key);
      event(now);
    });
    session.bell.ring();
  };
  perform(session, task, flight).then(landed, (error: unknown) =>
    landed(() => {
      throw error;
    }),
  );
}

async function perform(session: Session, task: Task, flight: Flight): Promise<Event> {
  const { key } = task;
  if (task.run === "child") return await runChild(session, task, flight.signal());
  if (task.run === "plan") return await planSaga(session);
  const situation = situationOf(session);
  const line = task.run === "handler" ? handlerLine(situation) : lineOf(situation.execution, key)!;
  const { clock, settings } = session.around;
  const run: SegmentRun = { situation, key, line, clock, flight, telemetry: settings.telemetry };
  if (task.run === "choose") {
    const chosen = await choose(run);
    return (now) => decide(now, settleChoice(situationOf(now), chosen));
  }
  testpoint("before-segment");
  const end = await RUNS[task.run](run);
  testpoint("after-segment");
  return (now) => segmentEnded(now, key, end);
}

const RUNS = { segment: runSegment, into: runInto, handler: runHandler };

async function planSaga({ around, recorded }: Session): Promise<Event> {
  const steps = await around.store.completedSteps(recorded.id);
  return (now) => decide(now, plan(situationOf(now), steps));
}

/** Runs an inline child, as part of the line that called it. */
async function runChild(session: Session, { key, id }: Task & { run: "child" }, signal: AbortSignal): Promise<Event> {
  const claim = await take(session, id);
  const parted: Parting = claim === null ? { is: "lost" } : await execute(session.around, claim, signal);
  if (parted.is === "rests" && parted.wakeAt !== null) {
    const { wakeAt } = parted;
    return (now) => decide(now, childRests(situationOf(now), key, wakeAt));
  }
  const child = parted.is === "ended" ? parted.child : await endedChild(session, id);
  // Neither ended nor ours: then the parent is not ours any more either.
  if (child === null) return giveUp;
  return (now) => decide(now, childEnded(situationOf(now), key, child));
}

async function take({ around, newborns, recorded }: Session, id: string): Promise<Claim | null> {
  const fresh = newborns.get(id);
  newborns.delete(id);
  if (fresh !== undefined) return fresh;
  testpoint("before-adopt");
  const adopted = await around.store.adopt(around.worker, recorded.rootId, id);
  testpoint("after-adopt");
  return adopted;
}

async function endedChild({ around }: Session, id: string): Promise<ChildState | null> {
  const child = await around.store.get(id);
  return child !== null && ended(child.status) ? childStateOf(child) : null;
}

function giveUp(session: Session): void {
  session.givenUp = true;
  session.bell.ring();
}

function machineOf({ registry }: Surroundings, { execution: { id, module, workflow } }: Claim): Machine {
  const machine = registry.find(module, workflow);
  if (machine !== null) return machine;
  throw new Error(`internal: claimed ${id} of ${module} "${workflow}", which this worker does not know`);
}

/** Its resume key says that our code can carry on; then only another hand can have put it elsewhere. */
function refuseUnknownState({ machine, execution: { state } }: Session): void {
  if (state === null || Object.hasOwn(machine.states, state)) return;
  throw new Error(`It rests in the state ${state}, which ${machine.module} "${machine.workflow}" does not have.`);
}

function parting({ execution }: Session): Parting {
  if (ended(execution.status)) return { is: "ended", child: childStateOf(execution) };
  return { is: "rests", wakeAt: execution.wakeAt };
}

function untilTimer(session: Session): number | null {
  const timer = nextTimer(situationOf(session));
  return timer === null ? null : Date.parse(timer) - Date.parse(session.around.clock.now());
}
