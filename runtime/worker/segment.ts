/** Runs the code of one segment: from a resume point through jumps to the next suspension or the end of the step. */
import type { Clock } from "../clock.ts";
import type { SegmentPlace } from "../ids.ts";
import { failure, failureOfThrown } from "../interpreter/failure.ts";
import { blockOf, type Line, stepOf } from "../interpreter/line.ts";
import type { LineKey, SegmentEnd, Situation } from "../interpreter/move.ts";
import { hopeless, type Outcome, outcomeOf, raised } from "../interpreter/outcome.ts";
import { resultsOf } from "../interpreter/parallel.ts";
import { storableText } from "../interpreter/persistable.ts";
import { nextHandler } from "../interpreter/saga.ts";
import { placed, sourceOfCompensation, sourceOfState } from "../interpreter/source.ts";
import type { Io } from "../io.ts";
import type { Dynamic } from "../json.ts";
import { Jump, type Machine, type StateId } from "../machine.ts";
import { originOf } from "../origin/origin.ts";
import { Raised } from "../prelude/errors.ts";
import type { ErrorSource, ExecutionError, LogEntry } from "../store/store.ts";
import type { SegmentLabels, SegmentResult, Telemetry, TraceContext } from "../telemetry.ts";
import { within } from "./current.ts";
import type { Flight } from "./flight.ts";
import { SegmentIo } from "./segment-io.ts";

export interface SegmentRun {
  readonly situation: Situation;
  readonly key: LineKey;
  readonly line: Line;
  readonly clock: Clock;
  readonly flight: Flight;
  readonly telemetry: Telemetry;
}

/** Runs the segment that the line stands before. Never throws: what the code throws is its outcome. */
export function runSegment(run: SegmentRun): Promise<SegmentEnd> {
  const { machine, execution } = run.situation;
  const { state, saved, received } = run.line;
  const first = { state, saved, value: received?.value ?? null };
  return perform(run, "step", "", (io, reached) => follow(machine, io, execution.data, first, reached));
}

/** Runs the `into:` callback of the parallel block the execution is in. */
export function runInto(run: SegmentRun): Promise<SegmentEnd> {
  const { situation } = run;
  return perform(run, "into", "into", async (io) => {
    const { data, branches } = situation.execution;
    return { outcome: outcomeOf(await blockOf(situation)!.into!(io, data, resultsOf(branches!))), pure: false };
  });
}

/** Runs the compensation whose turn it is. */
export function runHandler(run: SegmentRun): Promise<SegmentEnd> {
  const { of, handler } = nextHandler(run.situation);
  const { data } = run.situation.execution;
  const gone = failure("unknown_compensation", `This build has no compensation :${of.compensation} any more.`);
  return perform(run, "compensation", of.compensation, async (io, reached) => {
    reached.source = sourceOfCompensation(run.situation.machine, of.compensation);
    const outcome = handler === undefined ? hopeless(gone) : outcomeOf(await handler.run(io, data, {}, null));
    return { outcome, pure: false };
  });
}

/** Computes which state a branch leads to. Never throws either. */
export async function choose(run: SegmentRun): Promise<{ state: StateId | null } | { error: ExecutionError }> {
  const { machine, execution } = run.situation;
  const state = machine.states[run.line.state];
  if (state?.kind !== "branch") throw new Error(`internal: ${run.line.state} is no branch`);
  const { io, segment } = settingOf(run, "branch", execution.trace ?? null);
  try {
    return { state: await within(segment, async () => state.choose(io, execution.data)) };
  } catch (thrown) {
    return { error: await located(thrown, machine, sourceOfState(machine, run.line.state)) };
  }
}

/** Where the code is, for errors that do not say it themselves. */
interface Reached {
  source: ErrorSource | null;
}

type Code = (io: Io, reached: Reached) => Promise<Performed>;

type Performed = { readonly outcome: Outcome; readonly pure: boolean };

/** `name` is what the code goes by where it is no step. */
function perform(run: SegmentRun, kind: SegmentLabels["kind"], name: string, code: Code): Promise<SegmentEnd> {
  return run.telemetry.segment(labelsOf(run, kind, name), (trace) => attempt(run, name, trace, code), resultOf);
}

async function attempt(run: SegmentRun, name: string, trace: TraceContext | null, code: Code): Promise<SegmentEnd> {
  const { clock } = run;
  const { io, effects, segment } = settingOf(run, name, trace);
  const startedAt = clock.now();
  const { machine } = run.situation;
  const reached: Reached = { source: sourceOfState(machine, run.line.state) };
  try {
    const { outcome, pure } = await within(segment, () => code(io, reached));
    const placedOutcome =
      outcome.is === "error" ? { ...outcome, error: placed(outcome.error, reached.source) } : outcome;
    const { overlay, started, log } = effects;
    return { outcome: placedOutcome, pure, overlay, started, log, startedAt };
  } catch (thrown) {
    effects.log.push(...traceOf(thrown, clock.now()));
    const error = await located(thrown, machine, reached.source);
    return { outcome: raised(error), pure: false, ...effects, startedAt };
  }
}

/** With the place that its stack tells, or else the line that the code had reached. */
async function located(thrown: unknown, machine: Machine, reached: ErrorSource | null): Promise<ExecutionError> {
  return placed(failureOfThrown(thrown), (await originOf(thrown, machine)) ?? reached);
}

/** What the code is given: its `io`, and the context that foreign code finds. */
function settingOf({ situation, line, key, clock, flight }: SegmentRun, name: string, trace: TraceContext | null) {
  const { machine, execution, maxPayloadBytes } = situation;
  const step = stepOf(machine, line.state)?.name ?? name;
  const place = placeOf(situation, key, line);
  const scope = { execution, step, place, overlay: line.overlay, now: clock.now, maxPayloadBytes, trace };
  const io = new SegmentIo(scope);
  return { io, effects: io.effects, segment: { place, step, attempt: line.attempt, flight, foreignCalls: 0 } };
}

function labelsOf({ situation, line }: SegmentRun, kind: SegmentLabels["kind"], name: string): SegmentLabels {
  const { module, workflow, queue, logicalId, rootId, trace = null } = situation.execution;
  const step = stepOf(situation.machine, line.state)?.name ?? name;
  const place = { executionId: logicalId, rootId, name: step, kind, state: line.state, attempt: line.attempt };
  return { module, workflow, queue, ...place, trace };
}

function resultOf({ outcome }: SegmentEnd): SegmentResult {
  switch (outcome.is) {
    case "error":
      return { is: "error", error: outcome.error };
    case "suspended":
      return { is: "suspended", on: outcome.by.wait.on };
    default:
      return { is: outcome.is };
  }
}

/** Runs a state, and those it jumps to, until one neither jumps nor goes on. */
async function follow(
  machine: Machine,
  io: Io,
  data: Dynamic,
  first: { readonly state: StateId; readonly saved: Dynamic; readonly value: Dynamic },
  reached: Reached,
): Promise<Performed> {
  let pure = true;
  for (let at = first; ; ) {
    const state = machine.states[at.state];
    reached.source = sourceOfState(machine, at.state);
    if (state === undefined || !("run" in state))
      throw new Error(`internal: there is no code for the state ${at.state}`);
    pure &&= state.pure ?? false;
    const returned = await state.run(io, data, at.saved, at.value);
    if (!(returned instanceof Jump)) return { outcome: outcomeOf(returned), pure };
    at = { state: returned.to, saved: returned.saved, value: returned.value };
  }
}

function placeOf({ execution }: Situation, branch: LineKey, { state, saved, received }: Line): SegmentPlace {
  return { executionId: execution.logicalId, branch, state, saved, received: received?.value ?? null };
}

/** Where an error of foreign code came from is worth keeping; what the program raised says all in its message. */
function traceOf(thrown: unknown, at: string): readonly LogEntry[] {
  if (!(thrown instanceof Error) || thrown instanceof Raised || thrown.stack === undefined) return [];
  return [{ at, level: "error", message: storableText(thrown.stack), source: "logger", metadata: {} }];
}
