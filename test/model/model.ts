/**
 * Executions as simply as they can be thought of: no SQL, no concurrency, time in ticks. What is committed is a `Row`; what a
 * worker has in hand is a copy of it that becomes the row when it is committed, unless somebody else has taken the row.
 */
import { childId } from "../../runtime/ids.ts";
import type { ExecutionStatus } from "../../runtime/store/store.ts";
import { ATTEMPTS, BACKOFF_TICKS, STEP_TICKS, WORKFLOW_TICKS } from "./machines.ts";
import type { Outcome } from "./operations.ts";

type Step = "first" | "second" | "only";

interface Wait {
  readonly on: "time" | "event" | "input" | "child";
  readonly until: number | null;
  readonly names: readonly string[];
  readonly mode: "one" | "any" | "all";
  readonly fails: boolean;
  readonly child: string;
  readonly cancels: boolean;
  readonly answered: boolean;
  readonly cancelled: boolean;
}

export interface Row {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: "root" | "call" | "start";
  readonly site: string;
  readonly deadline: number | null;
  status: ExecutionStatus;
  owner: string | null;
  epoch: number;
  signals: number;
  marked: boolean;
  dueAt: number | null;
  step: Step | null;
  attempt: number;
  begunAt: number | null;
  stepDeadline: number | null;
  wait: Wait | null;
  received: unknown;
  /** Whether its first step has completed and is to be undone. */
  undoable: boolean;
  planned: boolean;
  /** Cancelled because the call that waited for it timed out: any call of it gives its timeout's value. */
  givenUp: boolean;
}

interface Letter {
  readonly id: string;
  readonly name: string;
  consumed: boolean;
}

/** A row in a worker's hand. */
export interface Held {
  row: Row;
  readonly epoch: number;
  /** Signals as last read. */
  seen: number;
  consumed: readonly string[];
  children: readonly { readonly ref: string; readonly kind: "call" | "start"; readonly site: string }[];
  cancels: readonly string[];
  opens: boolean;
  marks: boolean;
  /** It must be committed before anything acts on it. */
  durable: boolean;
  /** The row before the last segment: what is gone back to when a ref turns out to be taken. */
  before: Row | null;
}

export interface Model {
  now: number;
  readonly rows: Map<string, Row>;
  readonly letters: Map<string, Letter[]>;
  /** Whether the latest request of each execution has been answered. */
  readonly requests: Map<string, boolean>;
}

export function emptyModel(): Model {
  return { now: 0, rows: new Map(), letters: new Map(), requests: new Map() };
}

const ENDED: readonly ExecutionStatus[] = ["completed", "failed", "cancelled", "compensated", "compensation_failed"];
const LIVE: readonly ExecutionStatus[] = ["pending", "running", "waiting"];

export function isEnded({ status }: Pick<Row, "status">): boolean {
  return ENDED.includes(status);
}

export function start(model: Model, id: string): void {
  model.rows.set(id, fresh(model, { id, parent: null, kind: "root", site: "" }));
}

export function claimable(model: Model): readonly string[] {
  return [...model.rows.values()]
    .filter(({ owner, dueAt, status, parent }) => {
      const isDue = owner === null && dueAt !== null && dueAt <= model.now;
      return isDue && (status === "compensating" || model.rows.get(parent ?? "")?.status !== "cancelled");
    })
    .map(({ id }) => id);
}

/** A worker takes a row. */
export function claim(model: Model, id: string, worker: string): Held {
  const row = model.rows.get(id)!;
  Object.assign(row, { owner: worker, epoch: row.epoch + 1, dueAt: null });
  if (row.status !== "compensating") row.status = "running";
  return { row: { ...row }, epoch: row.epoch, seen: row.signals, ...NOTHING };
}

/** It looks at what has come for what it has taken; null when it has let go of it again. */
export function accept(model: Model, held: Held): Held | null {
  const { row } = held;
  if (row.status !== "compensating") {
    if (held.row.wait !== null) begin(model, held.row);
    expire(model, held);
    if (held.row.status === "running" && held.row.wait !== null) receive(model, held);
  }
  return settled(model, held);
}

/** What runs in a hand comes out; null when the worker has let go. */
export function run(model: Model, held: Held, outcome: Outcome): Held | null {
  if (expire(model, held)) return settled(model, held);
  const { row } = held;
  held.before = { ...row };
  if (row.status === "compensating") undo(held, outcome);
  else segment(model, held, outcome);
  return settled(model, held);
}

export type SendResult = "delivered" | "repeated" | "ended_execution";

export function send(model: Model, id: string, event: string, name: string): SendResult {
  const row = model.rows.get(id)!;
  row.signals += 1;
  if (isEnded(row)) return "ended_execution";
  if (row.status === "waiting" && row.wait?.on === "event" && row.wait.names.includes(name)) wake(model, row);
  const letters = model.letters.get(id) ?? [];
  model.letters.set(id, letters);
  if (letters.some((letter) => letter.id === event)) return "repeated";
  letters.push({ id: event, name, consumed: false });
  return "delivered";
}

export function answer(model: Model, id: string): string {
  const row = model.rows.get(id)!;
  const answered = model.requests.get(id);
  if (isEnded(row)) return "ended_execution";
  if (answered === true) return "already_answered";
  const { wait } = row;
  const isOpen = answered === false && wait?.on === "input" && !wait.cancelled && !isOver(model, wait.until);
  if (!isOpen) return "not_found";
  model.requests.set(id, true);
  row.signals += 1;
  row.wait = { ...wait, answered: true };
  if (row.status === "waiting") wake(model, row);
  return "answered";
}

export function cancelWait(model: Model, id: string): string {
  const row = model.rows.get(id)!;
  const { wait, owner, status, dueAt } = row;
  const rests = owner === null && (status === "waiting" || (status === "pending" && dueAt! > model.now));
  if (wait !== null && rests && !wait.cancelled && !wait.answered) {
    row.wait = { ...wait, cancelled: true };
    row.signals += 1;
    wake(model, row);
    return "cancelled";
  }
  if (wait?.cancelled) return "cancelled";
  return isEnded(row) ? "ended_execution" : "not_waiting";
}

export function cancel(model: Model, id: string): string {
  const row = model.rows.get(id)!;
  if (row.status === "compensating") return "compensating";
  if (isEnded(row)) return "already_ended";
  fence(row);
  row.marked = true;
  tellParent(model, row);
  return "cancelled";
}

/** All passes. */
export function cascade(model: Model): void {
  const isBelow = ({ parent }: Row, mark: string): boolean =>
    parent !== null && (parent === mark || isBelow(model.rows.get(parent)!, mark));
  for (const mark of [...model.rows.values()].filter(({ marked }) => marked)) {
    const doomed = [...model.rows.values()].filter((row) => LIVE.includes(row.status) && isBelow(row, mark.id));
    for (const row of doomed) fence(row);
    for (const row of doomed) if (!isEnded(model.rows.get(row.parent!)!)) tellParent(model, row);
    mark.marked = false;
  }
}

/** A worker has lost what it held, in whatever way. */
export function takeBack(model: Model, worker: string): void {
  for (const row of model.rows.values()) {
    if (row.owner !== worker) continue;
    Object.assign(row, { owner: null, epoch: row.epoch + 1, dueAt: model.now });
    if (row.status === "running") row.status = "pending";
  }
}

const NOTHING = {
  ...{ consumed: [], children: [], cancels: [], opens: false, marks: false, durable: false, before: null },
} as const;

function fresh(model: Model, identity: Pick<Row, "id" | "parent" | "kind" | "site">): Row {
  const isRoot = identity.kind === "root";
  return {
    ...identity,
    deadline: isRoot ? model.now + WORKFLOW_TICKS : null,
    ...{ status: "pending", owner: null, epoch: 0, signals: 0, marked: false, dueAt: model.now },
    ...{ step: isRoot ? "first" : "only", attempt: 1, begunAt: null, stepDeadline: null },
    ...{ wait: null, received: undefined, undoable: false, planned: false, givenUp: false },
  };
}

/** Commits what has to be, and rests when nothing can run; else the next code begins. */
function settled(model: Model, held: Held): Held | null {
  for (;;) {
    const { row } = held;
    if (isIdle(row)) rest(held);
    if (held.durable) {
      const committed = commit(model, held);
      if (committed === "fenced") return null;
      if (committed === "conflict") refConflict(model, held);
    } else if (row.status !== "running" && row.status !== "compensating") {
      return null;
    } else {
      if (row.status === "running") begin(model, row);
      return held;
    }
  }
}

function giveUp(model: Model, id: string): void {
  if (cancel(model, id) === "cancelled") model.rows.get(id)!.givenUp = true;
}

function isIdle({ status, wait, dueAt }: Row): boolean {
  return status === "running" && (wait !== null || dueAt !== null);
}

function commit(model: Model, held: Held): "applied" | "fenced" | "conflict" {
  const stored = model.rows.get(held.row.id)!;
  const isOurs = stored.epoch === held.epoch && !isEnded(stored);
  if (isOurs) for (const id of held.cancels) giveUp(model, id);
  held.cancels = [];
  if (!isOurs) return "fenced";
  if (held.children.some(({ ref, site }) => (model.rows.get(childId(stored.id, ref))?.site ?? site) !== site)) {
    return "conflict";
  }
  for (const { ref, kind, site } of held.children) {
    const id = childId(stored.id, ref);
    if (!model.rows.has(id)) model.rows.set(id, fresh(model, { id, parent: stored.id, kind, site }));
  }
  for (const letter of model.letters.get(stored.id) ?? []) letter.consumed ||= held.consumed.includes(letter.id);
  const { signals, marked } = stored;
  const isWoken = held.row.status === "waiting" && (signals !== held.seen || hasArrived(model, held.row));
  Object.assign(stored, held.row, { signals, marked: marked || held.marks });
  if (isWoken) wake(model, stored);
  if (held.opens) model.requests.set(stored.id, false);
  if (stored.status !== "running" && stored.status !== "compensating") stored.owner = null;
  if (isEnded(stored) && stored.kind === "call") tellParent(model, stored);
  Object.assign(held, NOTHING, { seen: stored.signals, row: { ...stored } });
  return "applied";
}

function rest(held: Held): void {
  const { row } = held;
  const isWaiting = row.wait !== null && row.dueAt === null;
  row.dueAt = earliest(row.deadline, row.dueAt, row.stepDeadline, row.wait?.until ?? null);
  row.status = isWaiting ? "waiting" : "pending";
  held.durable = true;
}

function begin(model: Model, row: Row): void {
  row.dueAt = null;
  if (row.begunAt !== null) return;
  row.begunAt = model.now;
  row.stepDeadline = row.step === "second" ? null : model.now + STEP_TICKS;
}

function expire(model: Model, held: Held): boolean {
  const { row } = held;
  if (row.status === "compensating") return false;
  if (isOver(model, row.deadline)) {
    held.marks = true;
    fail(held);
    return true;
  }
  if (!isOver(model, row.stepDeadline)) return false;
  attemptFailed(model, held);
  return true;
}

function attemptFailed(model: Model, held: Held): void {
  const { row } = held;
  held.durable = true;
  if (row.attempt >= ATTEMPTS) fail(held);
  else
    Object.assign(row, {
      attempt: row.attempt + 1,
      begunAt: null,
      stepDeadline: null,
      dueAt: model.now + BACKOFF_TICKS,
    });
}

function fail(held: Held): void {
  const { row } = held;
  const isRoot = row.kind === "root";
  Object.assign(row, { status: isRoot ? "compensating" : "failed", ...IDLE, attempt: isRoot ? 1 : row.attempt });
  held.durable = true;
}

const IDLE = { step: null, begunAt: null, stepDeadline: null, wait: null, dueAt: null, received: undefined } as const;

function undo(held: Held, outcome: Outcome): void {
  const { row } = held;
  held.durable = true;
  if (!row.planned) {
    if (row.undoable) row.planned = true;
    else row.status = "failed";
  } else {
    row.status = outcome.is === "error" ? "compensation_failed" : "compensated";
  }
}

function segment(model: Model, held: Held, outcome: Outcome): void {
  const { row } = held;
  held.durable = true;
  switch (outcome.is) {
    case "error":
      attemptFailed(model, held);
      break;
    case "start":
      held.children = [{ ref: outcome.ref, kind: "start", site: `${row.step}:start` }];
      complete(row);
      break;
    case "ok":
      complete(row);
      break;
    default:
      row.wait = waitOf(model, row, outcome);
      row.received = undefined;
      held.opens = outcome.is === "input";
      if (outcome.is === "call") held.children = [{ ref: outcome.ref, kind: "call", site: `${row.step}@` }];
  }
}

function complete(row: Row): void {
  const { step } = row;
  Object.assign(row, IDLE);
  if (step === "first") Object.assign(row, { step: "second", attempt: 1, undoable: true });
  else row.status = "completed";
}

/** The segment is undone and its attempt has failed instead. */
function refConflict(model: Model, held: Held): void {
  Object.assign(held, { row: { ...held.before! }, children: [], opens: false });
  attemptFailed(model, held);
}

function waitOf(model: Model, row: Row, outcome: Exclude<Outcome, { is: "ok" | "error" | "start" }>): Wait {
  const none = {
    names: [],
    mode: "one",
    fails: false,
    child: "",
    cancels: false,
    answered: false,
    cancelled: false,
  } as const;
  const until = outcome.ticks === null ? null : model.now + outcome.ticks;
  switch (outcome.is) {
    case "sleep":
      return { ...none, on: "time", until };
    case "event":
      return { ...none, on: "event", until, names: outcome.names, mode: outcome.mode };
    case "input":
      return { ...none, on: "input", until, fails: outcome.fails };
    case "call":
      return { ...none, on: "child", until, child: childId(row.id, outcome.ref), cancels: outcome.cancels };
  }
}

/** What a wait gives, and the letters that it uses up. */
interface Gift {
  readonly received: unknown;
  readonly letters: readonly Letter[];
}

/** What has come for the wait in hand, else its timeout. Either ends a backoff as well. */
function receive(model: Model, held: Held): void {
  const { row } = held;
  const wait = row.wait!;
  const come = arrival(model, row, wait);
  if (come === null) {
    if (!isOver(model, wait.until)) return;
    held.durable ||= wait.on !== "time";
    if (wait.on === "input" && wait.fails) {
      fail(held);
      return;
    }
    held.cancels = wait.on === "child" && wait.cancels ? [wait.child] : [];
  }
  const { received, letters } = come ?? timeout(model, row.id, wait);
  Object.assign(row, { wait: null, received, dueAt: null });
  held.consumed = letters.map(({ id }) => id);
}

function arrival(model: Model, row: Row, wait: Wait): Gift | null {
  const gift = (received: unknown, letters: readonly Letter[] = []): Gift => ({ received, letters });
  if (wait.cancelled) return gift(wait.on === "child" ? "error" : ["cancelled", "enough"]);
  if (wait.on === "input" && wait.answered) return gift("yes");
  if (!hasArrived(model, row)) return null;
  if (wait.on === "child") return gift(childOutcome(model, wait.child));
  const letters = awaited(model, row.id, wait);
  if (wait.mode === "all") return gift(payloads(letters), letters);
  const [first] = letters;
  return gift(wait.mode === "one" ? first!.id : [first!.name, first!.id], [first!]);
}

function timeout(model: Model, id: string, wait: Wait): Gift {
  if (wait.on === "child") return { received: "ok", letters: [] };
  if (wait.on !== "event" || wait.mode === "one") return { received: null, letters: [] };
  if (wait.mode === "any") return { received: ["timeout", null], letters: [] };
  const letters = awaited(model, id, wait);
  return { received: ["timeout", payloads(letters)], letters };
}

function childOutcome(model: Model, id: string): "ok" | "error" {
  const { status, givenUp } = model.rows.get(id)!;
  return status === "completed" || givenUp ? "ok" : "error";
}

function payloads(letters: readonly Letter[]): object {
  return Object.fromEntries(letters.map(({ name, id }) => [name, id]));
}

/** The first unconsumed letter of each awaited name, in order of arrival. */
function awaited(model: Model, id: string, { names }: Wait): readonly Letter[] {
  const left = (model.letters.get(id) ?? []).filter(({ consumed, name }) => !consumed && names.includes(name));
  return left.filter((letter, n) => left.findIndex(({ name }) => name === letter.name) === n);
}

function hasArrived(model: Model, { id, wait }: Row): boolean {
  if (wait?.on === "child") return isEnded(model.rows.get(wait.child)!);
  if (wait?.on !== "event") return false;
  const letters = awaited(model, id, wait);
  return wait.mode === "all" ? letters.length === wait.names.length : letters.length > 0;
}

function fence(row: Row): void {
  Object.assign(row, { ...IDLE, status: "cancelled", epoch: row.epoch + 1, owner: null });
}

function tellParent(model: Model, { parent, id }: Row): void {
  const row = model.rows.get(parent ?? "");
  if (row === undefined) return;
  row.signals += 1;
  if (row.status === "waiting" && row.wait?.on === "child" && row.wait.child === id) wake(model, row);
}

function wake(model: Model, row: Row): void {
  Object.assign(row, { status: "pending", dueAt: model.now });
}

function isOver(model: Model, tick: number | null): boolean {
  return tick !== null && tick <= model.now;
}

function earliest(...ticks: readonly (number | null)[]): number | null {
  const set = ticks.filter((tick) => tick !== null);
  return set.length === 0 ? null : Math.min(...set);
}
