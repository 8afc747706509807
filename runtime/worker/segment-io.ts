/** The `Io` of one segment: gathers what the segment writes, starts and logs, for the commit at its end. */
import { childId, type SegmentPlace, segmentKey } from "../ids.ts";
import { inputIssues, issuesText } from "../input.ts";
import { overlaid, RESULTS } from "../interpreter/data.ts";
import { isMap } from "../interpreter/failure.ts";
import { storableText, unpersistable } from "../interpreter/persistable.ts";
import type { CallOptions, Continuation, EventOptions, InputOptions, Io, StartOptions } from "../io.ts";
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

/**
 * The `Io` of one segment, and the effects it gathers. A class, because most steps use none of this: one object with shared
 * methods costs a twentieth of thirty closures, which were a seventh of what a step costs the worker.
 */
export class SegmentIo implements Io {
  readonly effects: Effects;
  private keys = 0;
  private passed: Map<string, number> | null = null;

  constructor(private readonly scope: IoScope) {
    const { put, deleted } = scope.overlay;
    this.effects = { overlay: { put, deleted }, started: [], log: [] };
  }

  // ── Context ──
  input<Input>() {
    return this.scope.execution.input as Input;
  }
  context(): Data {
    return overlaid(this.scope.execution.data, this.effects.overlay);
  }
  getContext(key: string, fallback: Dynamic = null) {
    const data = this.context();
    return Object.hasOwn(data, key) ? data[key] : fallback;
  }
  hasContext(key: string) {
    return Object.hasOwn(this.context(), key);
  }
  putContext(key: string, value: Dynamic) {
    return this.write({ [key]: value });
  }
  putContextAll(values: Data) {
    return this.write(values);
  }
  mergeContext(values: Data) {
    return this.write(deepMerged(this.context(), values));
  }
  updateContext(key: string, update: (current: Dynamic) => Dynamic) {
    return this.write({ [key]: update(this.getContext(key)) });
  }
  deleteContext(key: string) {
    const { overlay } = this.effects;
    const { [key]: _gone, ...put } = overlay.put;
    this.effects.overlay = { put, deleted: [...new Set([...overlay.deleted, key])] };
    return "ok" as const;
  }
  appendContext(key: string, value: Dynamic) {
    return this.write({ [key]: [...listOf(this.getContext(key, []), key), value] });
  }
  incrementContext(key: string, by = 1) {
    return this.write({ [key]: numberOf(this.getContext(key, 0), key) + by });
  }
  parallelResults() {
    return this.getContext(RESULTS, {});
  }
  parallelResult(key: string) {
    const results = this.parallelResults();
    return Object.hasOwn(results, key) ? results[key] : null;
  }
  parallelOk(key: string) {
    return this.parallelResult(key)?.[0] === "ok";
  }
  workflowId() {
    return this.scope.execution.logicalId;
  }
  currentStep() {
    return this.scope.step;
  }
  idempotencyKey() {
    return segmentKey(this.scope.place, `call:${this.keys++}`);
  }

  // ── Children ──
  callWorkflow(machine: Machine, input: Dynamic, options: CallOptions) {
    const child = childRequest(this.scope, machine, input, { ...options, site: options.resume });
    const { timeoutMs, timeoutValue = "child_timeout", onTimeout = "leave" } = options;
    const timeout = timeoutMs === undefined ? {} : { timeoutMs };
    return suspension({ on: "call", child, ...timeout, timeoutValue, onTimeout }, options);
  }
  startWorkflow(machine: Machine, input: Dynamic, options: StartOptions): readonly ["ok", string] {
    const child = childRequest(this.scope, machine, input, { ...options, position: this.nthTime(options) });
    const known = this.effects.started.find(({ ref }) => ref === child.ref);
    if (known === undefined) this.effects.started.push(child);
    else refuseOtherCall(known, child);
    return ["ok", childId(this.scope.execution.logicalId, child.ref)];
  }

  // ── Waits ──
  sleep(ms: number, next: Continuation) {
    return suspension({ on: "sleep", ms }, next);
  }
  scheduleAt(time: string, next: Continuation) {
    return suspension({ on: "time", at: new Date(time).toISOString() }, next);
  }
  waitForEvent(name: string, options: EventOptions) {
    return events("one", [name], options);
  }
  waitForAny(names: readonly string[], options: EventOptions) {
    return events("any", names, options);
  }
  waitForAll(names: readonly string[], options: EventOptions) {
    return events("all", names, options);
  }
  waitForInput(name: string, options: InputOptions) {
    const { resume: _resume, saved: _saved, timeoutMs, timeoutValue, ...request } = options;
    const input = { ...request, name, type: inputType(request.type) };
    return suspension({ on: "input", input, ...given({ timeoutMs, timeoutValue }) }, options);
  }
  checkpoint(next: Continuation) {
    return suspension({ on: "checkpoint" }, next);
  }

  // ── Clock, chance, log ──
  now() {
    return this.scope.now();
  }
  random() {
    return Math.random();
  }
  log(level: LogEntry["level"], message: string, metadata: Data = {}, source: LogEntry["source"] = "logger") {
    const { log } = this.effects;
    const isKept = unpersistable(metadata, "metadata") === null && JSON.stringify(metadata).length <= MAX_LOG_MESSAGE;
    const storable = isKept ? metadata : { text: storableText(shortened(inspect(metadata))) };
    const entry = { at: this.now(), level, message: storableText(shortened(message)), source, metadata: storable };
    if (log.length + (this.scope.overlay.log?.length ?? 0) < MAX_LOG_ENTRIES) log.push(entry);
    return "ok" as const;
  }

  private write(values: Data) {
    const { put, deleted } = this.effects.overlay;
    refuseUnlessPersistable(values, "the context");
    const still = deleted.filter((key) => !Object.hasOwn(values, key));
    this.effects.overlay = { put: { ...put, ...values }, deleted: still };
    return "ok" as const;
  }

  /** A plain `for` comes to the same call site several times in one segment; each time is a place of its own. */
  private nthTime({ site, position = [] }: StartOptions): readonly number[] {
    this.passed ??= new Map();
    const times = this.passed.get(site) ?? 0;
    this.passed.set(site, times + 1);
    return times === 0 ? position : [...position, times];
  }
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

function events(mode: "one" | "any" | "all", names: readonly string[], options: EventOptions) {
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
