/** Workers whose code comes out as it is told: real sessions, decisions and statements, one happening at a time. */
import type { Suspension } from "@durablec/runtime";
import { EMPTY_OVERLAY } from "../../runtime/interpreter/data.ts";
import { failure } from "../../runtime/interpreter/failure.ts";
import {
  accept,
  begin,
  expire,
  isResting,
  rest,
  runnable,
  settle,
  type Task,
} from "../../runtime/interpreter/interpreter.ts";
import type { LineKey, SegmentEnd } from "../../runtime/interpreter/move.ts";
import { raised, type Outcome as SegmentOutcome } from "../../runtime/interpreter/outcome.ts";
import { plan } from "../../runtime/interpreter/saga.ts";
import { type ChildRequest, Suspension as Suspended, type WaitRequest } from "../../runtime/machine.ts";
import { registryOf } from "../../runtime/registry.ts";
import { DEFAULT_SETTINGS } from "../../runtime/settings.ts";
import type { Claim, Store } from "../../runtime/store/store.ts";
import { decide, record, type Session, segmentEnded, sessionOf, situationOf } from "../../runtime/worker/session.ts";
import type { Surroundings } from "../../runtime/worker/surroundings.ts";
import { CHILD, FORKS, PARENT, TICK_MS } from "./machines.ts";
import type { Outcome } from "./operations.ts";

export const REGISTRY = registryOf([PARENT, ...FORKS]);

/** An execution that a worker believes it holds. */
export interface Hand {
  readonly id: string;
  readonly worker: string;
  readonly session: Session;
}

export interface Hands {
  /** All, in the order they were taken. */
  readonly all: Hand[];
  claim(worker: string, queue: string, limit: number): Promise<readonly Claim[]>;
  /** Lets a line of what a hand runs come out. */
  run(hand: Hand, line: number, outcome: Outcome, answerLost: boolean): Promise<void>;
  /** The worker forgets everything. */
  drop(worker: string): void;
}

export function handsOn(store: Store): Hands {
  const all: Hand[] = [];
  let time = "";
  let answerLost = false;
  const around = (worker: string): Surroundings => ({
    ...{ worker, store, registry: REGISTRY, maxCrashes: 1_000, inHand: new Map(), settings: DEFAULT_SETTINGS },
    committer: {
      commit: async (transition) => {
        const [first] = await store.commit([transition]);
        return answerLost ? (await store.commit([transition]))[0]! : first!;
      },
    },
    clock: { now: () => time, observe: () => {} },
    chance: () => 0.5,
    onError: (error) => {
      throw error;
    },
    stopping: () => false,
    reserve: () => false,
    handOver: () => {},
    cascade: () => {},
  });
  const settleDown = async (hand: Hand): Promise<void> => {
    const { session } = hand;
    for (;;) {
      const tasks = runnable(situationOf(session));
      if (session.execution.status === "running" && tasks.length === 0) decide(session, rest(situationOf(session)));
      if (session.unrecorded?.durable) {
        if (!(await record(session))) return letGo(hand);
      } else if (isResting(session.execution)) {
        return letGo(hand);
      } else {
        return beginAll(session, tasks);
      }
    }
  };
  const letGo = (hand: Hand): void => {
    all.splice(all.indexOf(hand), 1);
  };
  return {
    all,
    claim: async (worker, queue, limit) => {
      const claims = await store.claim({ worker, queues: [{ name: queue, limit }] });
      for (const claim of claims) {
        time = claim.now;
        const { id, module, workflow } = claim.execution;
        const session = sessionOf(around(worker), REGISTRY.find(module, workflow)!, claim);
        const hand = { id, worker, session };
        all.push(hand);
        decide(session, accept({ ...situationOf(session), now: claim.now }, claim.arrived, 1_000));
        await settleDown(hand);
      }
      return claims;
    },
    run: async (hand, line, outcome, lost) => {
      time = await store.now();
      answerLost = lost;
      const { session } = hand;
      const expired = expire(situationOf(session));
      if (expired !== null) decide(session, expired);
      else {
        const tasks = runnable(situationOf(session));
        beginAll(session, tasks);
        await finish(session, tasks[line % tasks.length]!, outcome);
      }
      await settleDown(hand);
      answerLost = false;
    },
    drop: (worker) => {
      all.splice(0, all.length, ...all.filter((hand) => hand.worker !== worker));
    },
  };
}

/** As a worker would, of which backoffs may be over by now. */
function beginAll(session: Session, tasks: readonly Task[]): void {
  for (const { key } of tasks) decide(session, begin(situationOf(session), key));
}

async function finish(session: Session, { run, key }: Task, outcome: Outcome): Promise<void> {
  if (run === "plan") {
    const steps = await session.around.store.completedSteps(session.recorded.id);
    return decide(session, plan(situationOf(session), steps));
  }
  // Inline children are not in the model.
  const end = segmentEnd(session, key, key !== null && outcome.is === "call" ? { is: "ok" } : outcome);
  if (run === "handler") decide(session, settle(situationOf(session), key, end));
  else segmentEnded(session, key, end);
}

function segmentEnd({ execution, around }: Session, key: LineKey, outcome: Outcome): SegmentEnd {
  const { state } = key === null ? execution : execution.branches![key]!;
  const step = (state ?? "").replace("@", "");
  const started = outcome.is === "start" ? [childOf(outcome.ref, `${step}:start`)] : [];
  const rest = { startedAt: around.clock.now(), overlay: EMPTY_OVERLAY, log: [], pure: false };
  return { outcome: segmentOutcome(step, execution.status, outcome), started, ...rest };
}

function segmentOutcome(step: string, status: string, outcome: Outcome): SegmentOutcome {
  const undoing = status === "compensating";
  if (outcome.is === "error") return raised(failure("error", "told to"));
  if (outcome.is === "ok" || outcome.is === "start" || undoing) return { is: "ok", value: {} };
  return { is: "suspended", by: suspension(step, outcome) };
}

type Suspending = Exclude<Outcome, { is: "ok" | "error" | "start" }>;

function suspension(step: string, outcome: Suspending): Suspension {
  return new Suspended(request(step, outcome), `${step}@`, {});
}

function request(step: string, outcome: Suspending): WaitRequest {
  if (outcome.is === "sleep") return { on: "sleep", ms: outcome.ticks * TICK_MS };
  const timeout = outcome.ticks === null ? {} : { timeoutMs: outcome.ticks * TICK_MS };
  switch (outcome.is) {
    case "event":
      return { on: "event", names: outcome.names, mode: outcome.mode, ...timeout };
    case "input":
      return {
        on: "input",
        input: { name: "ask", type: "free_text", onTimeout: outcome.fails ? "fail" : "resume" },
        ...timeout,
      };
    case "call": {
      const onTimeout = outcome.cancels ? "cancel" : "leave";
      return {
        on: "call",
        child: childOf(outcome.ref, `${step}@`),
        timeoutValue: "child_timeout",
        onTimeout,
        ...timeout,
      };
    }
  }
}

function childOf(ref: string, site: string): ChildRequest {
  return { machine: CHILD, input: {}, ref, site, position: [], queue: "model", priority: 0, trace: null };
}
