/**
 * Executions as simply as they can be thought of: no SQL, no concurrency, time in ticks. What is committed is a `Row`; what a
 * worker has in hand is a copy of it that becomes the row when it is committed, unless somebody else has taken the row.
 */
import type { ExecutionStatus } from "../../runtime/store/store.ts";
import { ATTEMPTS, type Block, WORKFLOW_TICKS } from "./machines.ts";

export type Branches = "fork/a" | "fork/b";
export type Step = "first" | "second" | "only" | "last" | Branches;

export const BRANCHES: readonly Branches[] = ["fork/a", "fork/b"];

export const STEPS: {
  readonly [Name in Step]: {
    readonly attempts: number;
    readonly isTimed: boolean;
    readonly isUndoable: boolean;
    readonly next: Step | null;
  };
} = {
  first: { attempts: ATTEMPTS, isTimed: true, isUndoable: true, next: "second" },
  second: { attempts: ATTEMPTS, isTimed: false, isUndoable: false, next: null },
  only: { attempts: ATTEMPTS, isTimed: true, isUndoable: false, next: null },
  "fork/a": { attempts: ATTEMPTS, isTimed: true, isUndoable: true, next: null },
  "fork/b": { attempts: 1, isTimed: false, isUndoable: false, next: null },
  last: { attempts: ATTEMPTS, isTimed: false, isUndoable: false, next: null },
};

export interface Wait {
  readonly on: "time" | "event" | "input" | "child" | "join";
  readonly until: number | null;
  /** Of events; of a join, the ids of the branches. */
  readonly names: readonly string[];
  readonly mode: "one" | "any" | "all";
  readonly fails: boolean;
  readonly child: string;
  readonly cancels: boolean;
  readonly answered: boolean;
  readonly cancelled: boolean;
}

/** Of an inline block. */
export interface Branch {
  readonly step: Branches;
  readonly status: "open" | "completed" | "failed";
  readonly attempt: number;
  readonly begunAt: number | null;
  readonly stepDeadline: number | null;
  readonly dueAt: number | null;
}

export interface Identity {
  readonly id: string;
  /** Of the workflow that it is a branch of; its own otherwise. */
  readonly logical: string;
  readonly parent: string | null;
  readonly kind: "root" | "call" | "start" | "branch";
  readonly site: string;
  /** What a root begins with. */
  readonly block: Block | null;
}

export interface Row extends Identity {
  readonly deadline: number | null;
  status: ExecutionStatus;
  owner: string | null;
  epoch: number;
  signals: number;
  marked: boolean;
  dueAt: number | null;
  /** Null before a block has been left, and when it has ended. */
  step: Step | null;
  /** It has yet to enter its block. */
  atBlock: boolean;
  branches: readonly Branch[] | null;
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

export interface Letter {
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
  /** Letters that it waits for and that were there when it was taken. */
  readonly come: readonly Letter[];
  consumed: readonly string[];
  children: readonly Child[];
  cancels: readonly string[];
  /** Its live branches are not wanted any more. */
  cancelsBranches: boolean;
  opens: boolean;
  marks: boolean;
  /** It must be committed before anything acts on it. */
  durable: boolean;
  /** The row before the last segment, and its line: what is gone back to when a ref turns out to be taken. */
  before: Row | null;
  line: Branches | null;
}

export interface Child {
  readonly ref: string;
  readonly kind: "call" | "start" | "branch";
  readonly site: string;
}

export interface Request {
  readonly by: string;
  /** The workflow that is asked. */
  readonly logical: string;
  readonly answered: boolean;
}

export interface Model {
  now: number;
  readonly rows: Map<string, Row>;
  readonly letters: Map<string, Letter[]>;
  /** The latest request of each row, in the order in which they were opened. */
  readonly requests: Map<string, Request>;
}

export function emptyModel(): Model {
  return { now: 0, rows: new Map(), letters: new Map(), requests: new Map() };
}

export const ENDED: readonly ExecutionStatus[] = [
  "completed",
  "failed",
  "cancelled",
  "compensated",
  "compensation_failed",
];
export const LIVE: readonly ExecutionStatus[] = ["pending", "running", "waiting"];

export function isEnded({ status }: Pick<Row, "status">): boolean {
  return ENDED.includes(status);
}

export const NOTHING = {
  ...{ consumed: [], children: [], cancels: [], cancelsBranches: false },
  ...{ opens: false, marks: false, durable: false, before: null, line: null },
} as const;

export function fresh(model: Model, identity: Identity): Row {
  const { kind, site, block } = identity;
  const begins = {
    root: block === null ? "first" : null,
    branch: site as Branches,
    call: "only",
    start: "only",
  } as const;
  return {
    ...identity,
    deadline: kind === "root" ? model.now + WORKFLOW_TICKS : null,
    ...{ status: "pending", owner: null, epoch: 0, signals: 0, marked: false, dueAt: model.now },
    ...{ step: begins[kind], atBlock: block !== null, branches: null, attempt: 1, begunAt: null, stepDeadline: null },
    ...{ wait: null, received: undefined, undoable: false, planned: false, givenUp: false },
  };
}

/** A workflow and its queued branches. */
export function withBranches(model: Model, row: Row): readonly Row[] {
  return [row, ...[...model.rows.values()].filter(({ kind, parent }) => kind === "branch" && parent === row.id)];
}

export function isRunnable(model: Model, { status, dueAt }: Branch): boolean {
  return status === "open" && (dueAt === null || isOver(model, dueAt));
}

export function cancelBranches(model: Model, of: Row): void {
  const [, ...branches] = withBranches(model, of);
  for (const branch of branches.filter(({ status }) => LIVE.includes(status))) {
    fence(branch);
    branch.marked = true;
    tellParent(model, branch);
  }
}

export const IDLE = {
  ...{ step: null, atBlock: false, branches: null, begunAt: null, stepDeadline: null, wait: null, dueAt: null },
  received: undefined,
} as const;

export function isJoined(model: Model, { wait, block }: Row): boolean {
  // They are inserted with the very transition that waits for them.
  const branches = wait!.names.flatMap((id) => model.rows.get(id) ?? []).filter(isEnded);
  return (
    branches.length === BRANCHES.length || (block!.failsFast && branches.some(({ status }) => status !== "completed"))
  );
}

export const NO_WAIT: Omit<Wait, "on" | "until"> = {
  ...{ names: [], mode: "one", fails: false, child: "", cancels: false, answered: false, cancelled: false },
};

/** The first unconsumed letter of each awaited name, in order of arrival. */
export function awaited(model: Model, id: string, { names }: Wait): readonly Letter[] {
  const left = (model.letters.get(id) ?? []).filter(({ consumed, name }) => !consumed && names.includes(name));
  return left.filter((letter, n) => left.findIndex(({ name }) => name === letter.name) === n);
}

export function hasArrived(model: Model, row: Row): boolean {
  const { logical, wait } = row;
  if (wait?.on === "join") return isJoined(model, row);
  if (wait?.on === "child") return isEnded(model.rows.get(wait.child)!);
  if (wait?.on !== "event") return false;
  const letters = awaited(model, logical, wait);
  return wait.mode === "all" ? letters.length === wait.names.length : letters.length > 0;
}

export function fence(row: Row): void {
  Object.assign(row, { ...IDLE, status: "cancelled", epoch: row.epoch + 1, owner: null });
}

export function tellParent(model: Model, { parent, id }: Row): void {
  const row = model.rows.get(parent ?? "");
  if (row === undefined) return;
  row.signals += 1;
  const { status, wait } = row;
  const isAwaited = wait?.on === "join" ? wait.names.includes(id) : wait?.on === "child" && wait.child === id;
  if (status === "waiting" && isAwaited) wake(model, row);
}

export function wake(model: Model, row: Row): void {
  Object.assign(row, { status: "pending", dueAt: model.now });
}

export function isOver(model: Model, tick: number | null): boolean {
  return tick !== null && tick <= model.now;
}

export function earliest(...ticks: readonly (number | null)[]): number | null {
  const set = ticks.filter((tick) => tick !== null);
  return set.length === 0 ? null : Math.min(...set);
}
