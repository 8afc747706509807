/** What happens to the rows of the model: to those that are committed, and to those in a worker's hand. */
import { branchId, childId } from "../../runtime/ids.ts";
import { BACKOFF_TICKS, type Block, STEP_TICKS } from "./machines.ts";
import type { Outcome } from "./operations.ts";
import {
  awaited,
  BRANCHES,
  type Branch,
  type Child,
  cancelBranches,
  earliest,
  fence,
  fresh,
  type Held,
  hasArrived,
  IDLE,
  isEnded,
  isJoined,
  isOver,
  isRunnable,
  type Letter,
  LIVE,
  type Model,
  NO_WAIT,
  NOTHING,
  type Request,
  type Row,
  STEPS,
  tellParent,
  type Wait,
  wake,
  withBranches,
} from "./rows.ts";

export function start(model: Model, id: string, block: Block | null): void {
  model.rows.set(id, fresh(model, { id, logical: id, parent: null, kind: "root", site: "", block }));
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
  const come = row.wait?.on === "event" ? awaited(model, row.logical, row.wait) : [];
  return { row: { ...row }, epoch: row.epoch, seen: row.signals, come, ...NOTHING };
}

/** It looks at what has come for what it has taken; null when it has let go of it again. */
export function accept(model: Model, held: Held): Held | null {
  const { row } = held;
  if (row.status !== "compensating") {
    if (row.atBlock) enterBlock(held);
    if (held.row.wait !== null && held.row.wait.on !== "join") begin(model, held.row);
    expire(model, held);
    if (held.row.status === "running" && held.row.wait !== null) receive(model, held);
  }
  return settled(model, held);
}

/** What runs in a hand comes out; null when the worker has let go. */
export function run(model: Model, held: Held, line: number, outcome: Outcome): Held | null {
  if (expire(model, held)) return settled(model, held);
  const { row } = held;
  if (row.status === "running") begin(model, row);
  Object.assign(held, { before: { ...row }, line: null });
  if (row.status === "compensating") undo(model, held, outcome);
  else if (row.branches !== null) branchSegment(model, held, line, outcome);
  else segment(model, held, outcome);
  return settled(model, held);
}

export type SendResult = "delivered" | "repeated" | "ended_execution";

export function send(model: Model, id: string, event: string, name: string): SendResult {
  const row = model.rows.get(id)!;
  for (const one of withBranches(model, row)) {
    one.signals += 1;
    if (one.status === "waiting" && one.wait?.on === "event" && one.wait.names.includes(name)) wake(model, one);
  }
  if (isEnded(row)) return "ended_execution";
  const letters = model.letters.get(id) ?? [];
  model.letters.set(id, letters);
  if (letters.some((letter) => letter.id === event)) return "repeated";
  letters.push({ id: event, name, consumed: false });
  return "delivered";
}

export function answer(model: Model, id: string): string {
  const request = requested(model, id);
  if (isEnded(model.rows.get(id)!)) return "ended_execution";
  if (request === undefined) return "not_found";
  if (request.answered) return "already_answered";
  const asker = model.rows.get(request.by)!;
  const { wait } = asker;
  if (wait?.on !== "input" || wait.cancelled || isOver(model, wait.until)) return "not_found";
  model.requests.set(asker.id, { ...request, answered: true });
  asker.signals += 1;
  asker.wait = { ...wait, answered: true };
  if (asker.status === "waiting") wake(model, asker);
  return "answered";
}

/** Of several that are open, as two branches can have them, the one that times out first; of none, the latest. */
function requested({ requests, rows }: Model, id: string): Request | undefined {
  const all = [...requests.values()].filter(({ logical }) => logical === id);
  const waitOf = ({ by }: Request): Wait | null => rows.get(by)!.wait;
  const open = all.filter((one) => !one.answered && waitOf(one)?.on === "input" && !waitOf(one)!.cancelled);
  const until = (one: Request): number => waitOf(one)!.until ?? Number.POSITIVE_INFINITY;
  return open.toSorted((a, b) => (until(a) < until(b) ? -1 : until(a) > until(b) ? 1 : 0))[0] ?? all.at(-1);
}

export function cancelWait(model: Model, id: string): string {
  const row = model.rows.get(id)!;
  const all = withBranches(model, row);
  const open = all.filter(({ wait, owner, status, dueAt }) => {
    const rests = owner === null && (status === "waiting" || (status === "pending" && dueAt! > model.now));
    return wait !== null && wait.on !== "join" && rests && !wait.cancelled && !wait.answered;
  });
  for (const one of open) {
    one.wait = { ...one.wait!, cancelled: true };
    one.signals += 1;
    wake(model, one);
  }
  if (all.some(({ wait }) => wait?.cancelled)) return "cancelled";
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
  for (const row of model.rows.values()) if (row.owner === worker) release(model, row);
}

function release(model: Model, row: Row): void {
  Object.assign(row, { owner: null, epoch: row.epoch + 1, dueAt: model.now });
  if (row.status === "running") row.status = "pending";
}

/** Commits what has to be, and rests when nothing can run; else the next code begins. */
function settled(model: Model, held: Held): Held | null {
  for (;;) {
    const { row } = held;
    if (isIdle(model, row)) rest(held);
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

function isIdle(model: Model, { status, wait, dueAt, branches }: Row): boolean {
  if (status !== "running") return false;
  return branches === null ? wait !== null || dueAt !== null : !branches.some((branch) => isRunnable(model, branch));
}

function commit(model: Model, held: Held): "applied" | "fenced" | "conflict" {
  const stored = model.rows.get(held.row.id)!;
  if (stored.epoch !== held.epoch || isEnded(stored)) return "fenced";
  cancelUnwanted(model, stored, held);
  if (held.children.some((one) => (model.rows.get(idOf(stored, one))?.site ?? one.site) !== one.site))
    return "conflict";
  const letters = (model.letters.get(stored.logical) ?? []).filter(({ id }) => held.consumed.includes(id));
  // The other branch was faster.
  if (letters.some(({ consumed }) => consumed)) {
    release(model, stored);
    return "fenced";
  }
  for (const one of held.children) insert(model, stored, one);
  for (const letter of letters) letter.consumed = true;
  const { signals, marked } = stored;
  const isWoken = held.row.status === "waiting" && (signals !== held.seen || hasArrived(model, held.row));
  Object.assign(stored, held.row, { signals, marked: marked || held.marks });
  if (isWoken) wake(model, stored);
  if (held.opens) {
    model.requests.delete(stored.id);
    model.requests.set(stored.id, { by: stored.id, logical: stored.logical, answered: false });
  }
  if (stored.status !== "running" && stored.status !== "compensating") stored.owner = null;
  if (isEnded(stored) && (stored.kind === "call" || stored.kind === "branch")) tellParent(model, stored);
  Object.assign(held, NOTHING, { seen: stored.signals, row: { ...stored } });
  return "applied";
}

function cancelUnwanted(model: Model, stored: Row, held: Held): void {
  for (const id of held.cancels) giveUp(model, id);
  if (held.cancelsBranches) cancelBranches(model, stored);
  Object.assign(held, { cancels: [], cancelsBranches: false });
}

function insert(model: Model, parent: Row, { ref, kind, site }: Child): void {
  const id = idOf(parent, { ref, kind, site });
  if (model.rows.has(id)) return;
  const logical = kind === "branch" ? parent.logical : id;
  model.rows.set(id, fresh(model, { id, logical, parent: parent.id, kind, site, block: null }));
}

function idOf(of: Row, { kind, ref, site }: Child): string {
  return kind === "branch" ? branchId(of.id, site) : childId(of.logical, ref);
}

function rest(held: Held): void {
  const { row } = held;
  const isWaiting = row.wait !== null && row.dueAt === null;
  const open = (row.branches ?? []).filter(({ status }) => status === "open");
  const timers = open.flatMap(({ dueAt, stepDeadline }) => [dueAt, stepDeadline]);
  row.dueAt = earliest(row.deadline, row.dueAt, row.stepDeadline, row.wait?.until ?? null, ...timers);
  row.status = isWaiting ? "waiting" : "pending";
  held.durable = true;
}

function begin(model: Model, row: Row): void {
  row.dueAt = null;
  if (row.branches !== null) {
    row.branches = row.branches.map((one) =>
      isRunnable(model, one) ? { ...one, ...begun(model, one), dueAt: null } : one,
    );
  } else if (row.step !== null) {
    Object.assign(row, begun(model, row));
  }
}

function begun(model: Model, { step, begunAt, stepDeadline }: Pick<Row, "step" | "begunAt" | "stepDeadline">) {
  if (begunAt !== null) return { begunAt, stepDeadline };
  return { begunAt: model.now, stepDeadline: STEPS[step!].isTimed ? model.now + STEP_TICKS : null };
}

function expire(model: Model, held: Held): boolean {
  const { row } = held;
  if (row.status === "compensating") return false;
  if (isOver(model, row.deadline)) {
    held.marks = true;
    fail(held);
    return true;
  }
  const late = row.branches?.find(({ status, stepDeadline }) => status === "open" && isOver(model, stepDeadline));
  if (late !== undefined) branchFailed(model, held, late);
  else if (isOver(model, row.stepDeadline)) attemptFailed(model, held);
  else return false;
  return true;
}

function attemptFailed(model: Model, held: Held): void {
  const { row } = held;
  held.durable = true;
  if (row.attempt >= STEPS[row.step!].attempts) fail(held);
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

function undo(model: Model, held: Held, outcome: Outcome): void {
  const { row } = held;
  held.durable = true;
  if (!row.planned) {
    const undoable = withBranches(model, row).some((one) => one.undoable);
    if (undoable) row.planned = true;
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
  const { next, isUndoable } = STEPS[row.step!];
  Object.assign(row, IDLE);
  row.undoable ||= isUndoable;
  if (next === null) row.status = "completed";
  else Object.assign(row, { step: next, attempt: 1 });
}

/** The segment is undone and its attempt has failed instead. */
function refConflict(model: Model, held: Held): void {
  Object.assign(held, { row: { ...held.before! }, children: [], opens: false });
  const branch = held.row.branches?.find(({ step }) => step === held.line);
  if (branch === undefined) attemptFailed(model, held);
  else branchFailed(model, held, branch);
}

function enterBlock(held: Held): void {
  const { row } = held;
  row.atBlock = false;
  if (row.block!.mode === "inline") {
    const open = { status: "open", attempt: 1, begunAt: null, stepDeadline: null, dueAt: null } as const;
    row.branches = BRANCHES.map((step) => ({ step, ...open }));
  } else {
    held.children = BRANCHES.map((site) => ({ ref: site, kind: "branch", site }));
    row.wait = { ...NO_WAIT, on: "join", until: null, names: BRANCHES.map((site) => branchId(row.id, site)) };
    held.durable = true;
  }
}

/** A branch's segment in an inline block, where nothing may wait. */
function branchSegment(model: Model, held: Held, line: number, outcome: Outcome): void {
  const running = held.row.branches!.filter((branch) => isRunnable(model, branch));
  const branch = running[line % running.length]!;
  Object.assign(held, { durable: true, line: branch.step });
  const { is } = outcome;
  if (is === "start") held.children = [{ ref: outcome.ref, kind: "start", site: `${branch.step}:start` }];
  if (is === "error") branchFailed(model, held, branch);
  else endBranch(held, branch, is === "ok" || is === "call" || is === "start" ? "completed" : "failed");
}

function branchFailed(model: Model, held: Held, branch: Branch): void {
  held.durable = true;
  const again = { attempt: branch.attempt + 1, begunAt: null, stepDeadline: null, dueAt: model.now + BACKOFF_TICKS };
  if (branch.attempt < STEPS[branch.step].attempts) replace(held.row, branch, again);
  else endBranch(held, branch, "failed");
}

function endBranch(held: Held, branch: Branch, status: "completed" | "failed"): void {
  const { row } = held;
  replace(row, branch, { status });
  row.undoable ||= status === "completed" && STEPS[branch.step].isUndoable;
  if (status === "failed" && row.block!.failsFast) fail(held);
  else if (row.branches!.every((one) => one.status !== "open")) leaveBlock(row);
}

function replace(row: Row, branch: Branch, changes: Partial<Branch>): void {
  row.branches = row.branches!.map((one) => (one.step === branch.step ? { ...one, ...changes } : one));
}

function leaveBlock(row: Row): void {
  Object.assign(row, IDLE, { step: "last", attempt: 1 });
}

/** What has become of the queued branches. */
function join(model: Model, held: Held): void {
  const { row } = held;
  if (!isJoined(model, row)) return;
  const branches = row.wait!.names.map((id) => model.rows.get(id)!);
  if (!row.block!.failsFast || branches.every(({ status }) => status === "completed")) leaveBlock(row);
  else {
    held.cancelsBranches = !branches.every(isEnded);
    fail(held);
  }
}

function waitOf(model: Model, row: Row, outcome: Exclude<Outcome, { is: "ok" | "error" | "start" }>): Wait {
  const until = outcome.ticks === null ? null : model.now + outcome.ticks;
  switch (outcome.is) {
    case "sleep":
      return { ...NO_WAIT, on: "time", until };
    case "event":
      return { ...NO_WAIT, on: "event", until, names: outcome.names, mode: outcome.mode };
    case "input":
      return { ...NO_WAIT, on: "input", until, fails: outcome.fails };
    case "call":
      return { ...NO_WAIT, on: "child", until, child: childId(row.logical, outcome.ref), cancels: outcome.cancels };
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
  if (wait.on === "join") {
    join(model, held);
    return;
  }
  const gift = arrival(model, held, wait);
  if (gift === null) {
    if (!isOver(model, wait.until)) return;
    held.durable ||= wait.on !== "time";
    if (wait.on === "input" && wait.fails) {
      fail(held);
      return;
    }
    held.cancels = wait.on === "child" && wait.cancels ? [wait.child] : [];
  }
  const { received, letters } = gift ?? timeout(held, wait);
  Object.assign(row, { wait: null, received, dueAt: null });
  held.consumed = letters.map(({ id }) => id);
  held.durable ||= row.kind === "branch" && letters.length > 0;
}

function arrival(model: Model, { row, come }: Held, wait: Wait): Gift | null {
  const gift = (received: unknown, letters: readonly Letter[] = []): Gift => ({ received, letters });
  if (wait.cancelled) return gift(wait.on === "child" ? "error" : ["cancelled", "enough"]);
  if (wait.on === "input" && wait.answered) return gift("yes");
  if (wait.on === "child") return hasArrived(model, row) ? gift(childOutcome(model, wait.child)) : null;
  const [first] = come;
  if (first === undefined) return null;
  if (wait.mode === "all") return come.length === wait.names.length ? gift(payloads(come), come) : null;
  return gift(wait.mode === "one" ? first.id : [first.name, first.id], [first]);
}

function timeout({ come }: Held, wait: Wait): Gift {
  if (wait.on === "child") return { received: "ok", letters: [] };
  if (wait.on !== "event" || wait.mode === "one") return { received: null, letters: [] };
  if (wait.mode === "any") return { received: ["timeout", null], letters: [] };
  return { received: ["timeout", payloads(come)], letters: come };
}

function childOutcome(model: Model, id: string): "ok" | "error" {
  const { status, givenUp } = model.rows.get(id)!;
  return status === "completed" || givenUp ? "ok" : "error";
}

function payloads(letters: readonly Letter[]): object {
  return Object.fromEntries(letters.map(({ name, id }) => [name, id]));
}
