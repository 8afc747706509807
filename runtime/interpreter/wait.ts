/** From what a body asks to wait for to what is persisted, and from what has arrived to the value it receives. */
import { due, later } from "../clock.ts";
import { branchId, childId } from "../ids.ts";
import type { Dynamic } from "../json.ts";
import type { ParallelState, WaitRequest } from "../machine.ts";
import { ended } from "../status.ts";
import type { OpenedInput } from "../store/inputs.ts";
import type { Arrived, ChildState, ExecutionError, Received, Wait } from "../store/store.ts";
import { failure } from "./failure.ts";
import type { Cancel } from "./move.ts";
import { unplaced } from "./source.ts";

const CALL_TIMEOUT = failure("cancelled", "The call waiting for this workflow timed out.", { reason: "call_timeout" });

/** What ends a wait. */
export interface Resolution {
  readonly received: Received;
  /** Mailbox entries that are used up by it. */
  readonly consumed: readonly string[];
  /** Something that arrives later could have been received instead, so this must be recorded before anything acts on it. */
  readonly timedOut: boolean;
  /** The child is not wanted any more. */
  readonly cancels: readonly Cancel[];
}

/** Cancels a child whose parent's call has timed out. */
export function givenUp(id: string): Cancel {
  return { id, error: CALL_TIMEOUT };
}

/** The persisted form of a request; null for a mere checkpoint. */
export function waitOf(request: WaitRequest, logicalId: string, now: string): Wait | null {
  switch (request.on) {
    case "checkpoint":
      return null;
    case "sleep":
      return { on: "time", until: later(now, request.ms) };
    case "time":
      return { on: "time", until: request.at };
    case "call":
      return {
        on: "child",
        id: childId(logicalId, request.child.ref),
        ref: request.child.ref,
        ...timeout(request.timeoutMs, now),
        timeoutValue: request.timeoutValue,
        onTimeout: request.onTimeout,
      };
    case "event":
      return {
        on: "event",
        names: request.names,
        mode: request.mode,
        ...timeout(request.timeoutMs, now),
        timeoutValue: request.timeoutValue,
      };
    case "input":
      return {
        on: "input",
        name: request.input.name,
        ...timeout(request.timeoutMs, now),
        timeoutValue: request.timeoutValue ?? null,
        onTimeout: request.input.onTimeout ?? "resume",
      };
  }
}

/** On the branches of a queued parallel block. */
export function joinOf(executionId: string, { branches, onError, into }: ParallelState): Wait & { on: "join" } {
  const ids = Object.values(branches).map((state) => branchId(executionId, state));
  return { on: "join", ids, failFast: onError === "fail_fast" && into === undefined };
}

/** The wait with its timeout running: after a retry by hand it counts from now. */
export function running(wait: Wait, now: string): Wait {
  if (!("timeoutMs" in wait) || wait.until !== null) return wait;
  return { ...wait, ...timeout(wait.timeoutMs, now) };
}

/** What a person is asked. */
export function openedInput({ input }: WaitRequest & { on: "input" }, wait: Wait | null): OpenedInput {
  const { name, type, prompt = null, fields = null, choices = null, metadata = null, onTimeout = "resume" } = input;
  return { name, type, prompt, fields, choices, metadata, onTimeout, until: wait?.on === "input" ? wait.until : null };
}

/** What the wait gives now: what has arrived, else its timeout's value, else null because it goes on. */
export function resolveWait(wait: Wait, arrived: Arrived, now: string): Resolution | null {
  if (arrived.cancelled) return received(cancelledValue(wait, arrived.cancelled.reason));
  return arrival(wait, arrived) ?? expiry(wait, arrived, now);
}

/** Why the line cannot go on after its wait; null when it can. */
export function fatalTimeout(wait: Wait, arrived: Arrived, now: string): ExecutionError | null {
  if (wait.on !== "input" || wait.onTimeout !== "fail" || !due(wait.until, now)) return null;
  if (arrived.cancelled || arrival(wait, arrived) !== null) return null;
  return failure("timeout", `Timeout waiting for input: ${wait.name}`);
}

/** What the wait gives once it has lasted too long; null before. */
export function expiry(wait: Wait, arrived: Arrived, now: string): Resolution | null {
  if (wait.on === "join" || !due(wait.until, now)) return null;
  if (wait.on === "time") return received(null);
  const events = wait.on === "event" ? arrived.events : [];
  return {
    received: { value: timeoutValue(wait, events) },
    consumed: events.map((event) => event.id),
    timedOut: true,
    cancels: wait.on === "child" && wait.onTimeout === "cancel" ? [givenUp(wait.id)] : [],
  };
}

/** `{:ok, result}` or `{:error, error}` of a child that has ended. */
export function childValue(child: ChildState): Dynamic {
  if (child.status === "completed") return ["ok", child.result ?? {}];
  return ["error", unplaced(child.error ?? failure(child.status, `The child workflow ended ${child.status}.`))];
}

function arrival(wait: Wait, arrived: Arrived): Resolution | null {
  if (wait.on === "child") return childArrival(wait, arrived.children);
  if (wait.on === "event") return eventArrival(wait, arrived.events);
  const answer = wait.on === "input" ? arrived.inputs?.find(({ name }) => name === wait.name) : undefined;
  return answer === undefined ? null : received(answer.value);
}

/** `{:cancelled, reason}`; a call has `{:error, …}` for everything that goes wrong. */
function cancelledValue(wait: Wait, reason: string): Dynamic {
  return wait.on === "child" ? ["error", failure("cancelled", reason)] : ["cancelled", reason];
}

function childArrival(wait: Wait & { on: "child" }, children: readonly ChildState[]): Resolution | null {
  const child = children.find((candidate) => candidate.id === wait.id);
  if (child === undefined || !ended(child.status)) return null;
  const timedOut = child.error?.reason === CALL_TIMEOUT.reason;
  return received(timedOut ? ["ok", wait.timeoutValue] : childValue(child));
}

function eventArrival(wait: Wait & { on: "event" }, events: Arrived["events"]): Resolution | null {
  const [first] = events;
  if (first === undefined) return null;
  if (wait.mode === "one") return received(first.payload, [first.id]);
  if (wait.mode === "any") return received([first.name, first.payload], [first.id]);
  if (!wait.names.every((name) => events.some((event) => event.name === name))) return null;
  return received(
    byName(events),
    events.map((event) => event.id),
  );
}

function timeoutValue(wait: Exclude<Wait, { on: "join" | "time" }>, events: Arrived["events"]): Dynamic {
  if (wait.on === "child") return ["ok", wait.timeoutValue];
  if (wait.timeoutValue !== undefined || wait.on === "input") return wait.timeoutValue;
  const defaults = { one: null, any: ["timeout", null], all: ["timeout", byName(events)] };
  return defaults[wait.mode];
}

function byName(events: Arrived["events"]): Dynamic {
  return Object.fromEntries(events.map((event) => [event.name, event.payload]));
}

function received(value: Dynamic, consumed: readonly string[] = []): Resolution {
  return { received: { value }, consumed, timedOut: false, cancels: [] };
}

function timeout(timeoutMs: number | undefined, now: string): { until: string | null; timeoutMs?: number } {
  return timeoutMs === undefined ? { until: null } : { until: later(now, timeoutMs), timeoutMs };
}
