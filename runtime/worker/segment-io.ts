/** The `Io` of one segment: gathers what the segment writes, starts and logs, for the commit at its end. */
import { childId, type SegmentPlace, segmentKey } from "../ids.ts";
import { inputIssues, issuesText } from "../input.ts";
import { overlaid, RESULTS } from "../interpreter/data.ts";
import { isMap } from "../interpreter/failure.ts";
import { storableText, unpersistable } from "../interpreter/persistable.ts";
import type { CallOptions, Continuation, InputOptions, Io, StartOptions } from "../io.ts";
import type { Data, Dynamic } from "../json.ts";
import { type ChildRequest, type Machine, Suspension } from "../machine.ts";
import { oversizeFailure } from "../payload.ts";
import { inspect } from "../prelude/core/inspect.ts";
import { Raised } from "../prelude/errors.ts";
import type { Execution, LogEntry, Overlay } from "../store/store.ts";
import type { TraceContext } from "../telemetry.ts";

/** Of one attempt of a step; what is more is not kept. */
const MAX_LOG_ENTRIES = 1000;
/** Characters of a log line, and of its metadata. */
const MAX_LOG_MESSAGE = 10_000;

/** What the segment did besides returning. */
export interface Effects {
  overlay: Overlay;
  readonly started: ChildRequest[];
  readonly log: LogEntry[];
}

export interface IoScope {
  readonly execution: Execution;
  readonly step: string;
  readonly place: SegmentPlace;
  /** The attempt's writes up to here. */
  readonly overlay: Overlay;
  readonly now: () => string;
  readonly maxPayloadBytes: number;
  /** What children are to carry. */
  readonly trace: TraceContext | null;
}

/** An `Io` and the effects it gathers. */
export function segmentIo(scope: IoScope): { readonly io: Io; readonly effects: Effects } {
  const { put, deleted } = scope.overlay;
  const effects: Effects = { overlay: { put, deleted }, started: [], log: [] };
  return {
    io: { ...contextIo(scope, effects), ...childrenIo(effects, scope), ...waitsIo, ...worldIo(scope, effects) },
    effects,
  };
}

type ContextIo = Omit<Io, keyof typeof waitsIo | "callWorkflow" | "startWorkflow" | "now" | "random" | "log">;

function contextIo({ execution, step, place }: IoScope, effects: Effects): ContextIo {
  let keys = 0;
  const context = () => overlaid(execution.data, effects.overlay);
  const get = (key: string, fallback: Dynamic = null) => {
    const data = context();
    return Object.hasOwn(data, key) ? data[key] : fallback;
  };
  const write = (values: Data) => {
    const { put, deleted } = effects.overlay;
    refuseUnlessPersistable(values, "the context");
    effects.overlay = { put: { ...put, ...values }, deleted: deleted.filter((key) => !Object.hasOwn(values, key)) };
    return "ok" as const;
  };
  const results = () => get(RESULTS, {});
  const resultOf = (key: string) => (Object.hasOwn(results(), key) ? results()[key] : null);
  return {
    input: <Input>() => execution.input as Input,
    context,
    getContext: get,
    hasContext: (key) => Object.hasOwn(context(), key),
    putContext: (key, value) => write({ [key]: value }),
    putContextAll: write,
    mergeContext: (values) => write(deepMerged(context(), values)),
    updateContext: (key, update) => write({ [key]: update(get(key)) }),
    deleteContext: (key) => {
      const { [key]: _gone, ...put } = effects.overlay.put;
      effects.overlay = { put, deleted: [...new Set([...effects.overlay.deleted, key])] };
      return "ok";
    },
    appendContext: (key, value) => write({ [key]: [...listOf(get(key, []), key), value] }),
    incrementContext: (key, by = 1) => write({ [key]: numberOf(get(key, 0), key) + by }),
    parallelResults: results,
    parallelResult: resultOf,
    parallelOk: (key) => resultOf(key)?.[0] === "ok",
    workflowId: () => execution.logicalId,
    currentStep: () => step,
    idempotencyKey: () => segmentKey(place, `call:${keys++}`),
  };
}

function childrenIo(effects: Effects, scope: IoScope): Pick<Io, "callWorkflow" | "startWorkflow"> {
  const { execution } = scope;
  const passed = new Map<string, number>();
  // A plain `for` comes to the same call site several times in one segment; each time is a place of its own.
  const nthTime = ({ site, position = [] }: StartOptions) => {
    const times = passed.get(site) ?? 0;
    passed.set(site, times + 1);
    return times === 0 ? position : [...position, times];
  };
  return {
    callWorkflow: (machine, input, options) => {
      const child = childRequest(scope, machine, input, { ...options, site: options.resume });
      const { timeoutMs, timeoutValue = "child_timeout", onTimeout = "leave" } = options;
      const timeout = timeoutMs === undefined ? {} : { timeoutMs };
      return suspension({ on: "call", child, ...timeout, timeoutValue, onTimeout }, options);
    },
    startWorkflow: (machine, input, options) => {
      const child = childRequest(scope, machine, input, { ...options, position: nthTime(options) });
      const known = effects.started.find(({ ref }) => ref === child.ref);
      if (known === undefined) effects.started.push(child);
      else refuseOtherCall(known, child);
      return ["ok", childId(execution.logicalId, child.ref)];
    },
  };
}

const waitsIo = {
  sleep: (ms: number, next: Continuation) => suspension({ on: "sleep", ms }, next),
  scheduleAt: (time: string, next: Continuation) => suspension({ on: "time", at: new Date(time).toISOString() }, next),
  waitForEvent: (name: string, options: Parameters<Io["waitForEvent"]>[1]) => events("one", [name], options),
  waitForAny: (names: readonly string[], options: Parameters<Io["waitForAny"]>[1]) => events("any", names, options),
  waitForAll: (names: readonly string[], options: Parameters<Io["waitForAll"]>[1]) => events("all", names, options),
  waitForInput: (name: string, options: InputOptions) => {
    const { resume: _resume, saved: _saved, timeoutMs, timeoutValue, ...request } = options;
    const input = { ...request, name, type: inputType(request.type) };
    return suspension({ on: "input", input, ...given({ timeoutMs, timeoutValue }) }, options);
  },
  checkpoint: (next: Continuation) => suspension({ on: "checkpoint" }, next),
} satisfies Partial<Io>;

function worldIo({ now, overlay }: IoScope, effects: Effects): Pick<Io, "now" | "random" | "log"> {
  const room = MAX_LOG_ENTRIES - (overlay.log?.length ?? 0);
  return {
    now,
    random: Math.random,
    log: (level, message, metadata = {}, source = "logger") => {
      const isKept = unpersistable(metadata, "metadata") === null && JSON.stringify(metadata).length <= MAX_LOG_MESSAGE;
      const storable = isKept ? metadata : { text: storableText(shortened(inspect(metadata))) };
      const entry = { at: now(), level, message: storableText(shortened(message)), source, metadata: storable };
      if (effects.log.length < room) effects.log.push(entry);
      return "ok";
    },
  };
}

const INPUT_TYPES: readonly string[] = [
  "approval",
  "single_choice",
  "multi_choice",
  "free_text",
  "form",
] satisfies readonly InputOptions["type"][];

/** The type may be computed; `:choice` and `:text` are short for `:single_choice` and `:free_text`. */
function inputType(given: string): InputOptions["type"] {
  const type = { choice: "single_choice", text: "free_text" }[given] ?? given;
  if (INPUT_TYPES.includes(type)) return type as InputOptions["type"];
  const message = `there is no type of input ${inspect(given)}; it is one of ${INPUT_TYPES.join(", ")}`;
  throw new Raised("ArgumentError", { message });
}

function shortened(message: string): string {
  return message.length <= MAX_LOG_MESSAGE ? message : `${message.slice(0, MAX_LOG_MESSAGE - 1)}…`;
}

function events(mode: "one" | "any" | "all", names: readonly string[], options: Parameters<Io["waitForEvent"]>[1]) {
  return suspension({ on: "event", names, mode, ...given(options) }, options);
}

function given({ timeoutMs, timeoutValue }: { timeoutMs?: number | undefined; timeoutValue?: Dynamic }) {
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(timeoutValue === undefined ? {} : { timeoutValue }),
  };
}

function suspension(wait: Suspension["wait"], { resume, saved = {} }: Continuation): Suspension {
  return new Suspension(wait, resume, saved);
}

function childRequest(
  { maxPayloadBytes, trace }: IoScope,
  machine: Machine,
  input: Dynamic,
  options: StartOptions | (CallOptions & { site: string }),
): ChildRequest {
  const issues = inputIssues(machine, input);
  if (issues.length > 0) {
    const message = `the input does not fit ${machine.module} "${machine.workflow}": ${issuesText(issues)}`;
    throw new Raised("invalid_input", { message });
  }
  const large = oversizeFailure(input, `the input for ${machine.module} "${machine.workflow}"`, maxPayloadBytes);
  if (large !== null) throw new Raised(large.type, { message: large.message });
  const { ref, site, position = [], queue = machine.queue ?? "default", priority = 0 } = options;
  return { machine, input, ref, site, position, queue, priority, trace };
}

function refuseOtherCall(known: ChildRequest, child: ChildRequest): void {
  if (describe(known) === describe(child)) return;
  const message = `the ref ${child.ref} means a child already: ${describe(known)}; it cannot also be ${describe(child)}`;
  throw new Raised("ref_conflict", { message });
}

function describe({ machine, site, position }: ChildRequest): string {
  return `${machine.module} "${machine.workflow}" of ${[site, ...position].join(", ")}`;
}

function refuseUnlessPersistable(value: Dynamic, name: string): void {
  const problem = unpersistable(value, name);
  if (problem !== null) throw new Raised("not_serializable", { message: `only JSON can be stored, but ${problem}` });
}

function deepMerged(base: Data, values: Data): Data {
  const merged = Object.entries(values).map(([key, value]) => {
    const old = Object.hasOwn(base, key) ? base[key] : null;
    return [key, isMap(old) && isMap(value) ? deepMerged(old, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}

function listOf(value: Dynamic, key: string): readonly Dynamic[] {
  if (Array.isArray(value)) return value;
  throw new Raised("ArgumentError", { message: `the context's ${key} is no list, so nothing can be appended to it` });
}

function numberOf(value: Dynamic, key: string): number {
  if (typeof value === "number") return value;
  throw new Raised("ArithmeticError", { message: `the context's ${key} is no number, so it cannot be incremented` });
}
