/** Carries a course of events out on the store and on the model, and compares them after each step. */
import type { Machine } from "@durablec/runtime";
import { expect } from "vitest";
import { failure } from "../../runtime/interpreter/failure.ts";
import type { Database, Row as Found } from "../../runtime/store/postgres/database.ts";
import type { Store } from "../../runtime/store/store.ts";
import { root } from "../store/executions.ts";
import { type Hand, type Hands, handsOn, REGISTRY } from "./hands.ts";
import { BLOCKS, FORKS, PARENT, TICK_MS, WORKFLOW_TICKS } from "./machines.ts";
import { accept, answer, cancel, cancelWait, cascade, claim, claimable, run, send, start, takeBack } from "./model.ts";
import type { Operation } from "./operations.ts";
import { emptyModel, type Held, type Model } from "./rows.ts";

interface World {
  readonly store: Store;
  readonly database: Database;
  readonly hands: Hands;
  readonly model: Model;
  /** What the model has for each hand. */
  readonly held: Map<Hand, Held>;
  /** Epoch and seq as last seen. */
  readonly seen: Map<string, readonly [number, number]>;
}

const QUEUE = "model";
const WORKERS = ["one", "two"];

export async function replay(store: Store, database: Database, course: readonly Operation[]): Promise<void> {
  await database.query({ name: "", text: CLEAR }, []);
  const world: World = {
    ...{ store, database, hands: handsOn(store), model: emptyModel(), held: new Map(), seen: new Map() },
  };
  for (const worker of WORKERS) await register(world, worker, 3_600_000);
  for (const [n, operation] of course.entries()) {
    const at = `step ${n}: ${JSON.stringify(operation)}`;
    await carryOut(world, operation, at);
    await compare(world, at);
  }
  expect(await store.findings({ crashes: 1_000, limit: 10 }).then(serious), "findings").toEqual([]);
}

async function carryOut({ ...world }: World, operation: Operation, at: string): Promise<void> {
  const { store, hands, model, held } = world;
  // Of a branch outsiders know nothing.
  const ids = [...model.rows.values()].filter(({ kind }) => kind !== "branch").map(({ id }) => id);
  switch (operation.do) {
    case "start": {
      const id = `e${model.rows.size}`;
      const { block } = operation;
      await store.start([newRoot(id, block === null ? PARENT : FORKS[block]!)]);
      return start(model, id, block === null ? null : BLOCKS[block]!);
    }
    case "claim":
      return claiming(world, WORKERS[operation.worker]!, operation.limit, at);
    case "run": {
      const hand = chosen(hands.all, operation.which);
      if (hand === undefined) return;
      const its = held.get(hand)!;
      const { line, outcome } = operation;
      await hands.run(hand, line, outcome, operation.answerLost);
      return keep(world, hand, run(model, its, line, outcome), at);
    }
    case "advance": {
      const now = Date.parse(await store.now());
      model.now += operation.ticks;
      return store.advanceClock(new Date(now + operation.ticks * TICK_MS).toISOString());
    }
    case "cascade": {
      while (await store.cascade());
      return cascade(model);
    }
    case "crash":
    case "retire":
    case "lose":
      return losing(world, WORKERS[operation.worker]!, operation.do);
  }
  const id = chosen(ids, operation.to);
  if (id === undefined) return;
  switch (operation.do) {
    case "send": {
      const [eventId, { name }] = [`${operation.event}`, operation];
      const results = await store.sendEvents([{ executionId: id, eventId, name, payload: eventId }]);
      return expect(results, at).toEqual([send(model, id, eventId, name)]);
    }
    case "answer": {
      const results = await store.provideInputs([{ executionId: id, name: "ask", response: "yes" }]);
      return expect(results, at).toEqual([answer(model, id)]);
    }
    case "cancelWait":
      return expect(await store.cancelWait(id, "enough"), at).toBe(cancelWait(model, id));
    case "cancel":
      return expect(await store.cancel(id, failure("cancelled", "enough")), at).toBe(cancel(model, id));
  }
}

/** Which of several due executions are taken is the store's to say; that they are due, and as many as there is room for, is not. */
async function claiming(world: World, worker: string, limit: number, at: string): Promise<void> {
  const { hands, model } = world;
  const due = claimable(model);
  const before = new Set(hands.all);
  const claims = await hands.claim(worker, QUEUE, limit);
  const ids = claims.map(({ execution }) => execution.id);
  expect(
    ids.filter((id) => !due.includes(id)),
    `${at}: taken and not due`,
  ).toEqual([]);
  expect(ids, at).toHaveLength(Math.min(limit, due.length));
  // All are taken by one statement, before any of them is looked at.
  for (const taken of ids.map((id) => claim(model, id, worker))) {
    const { id } = taken.row;
    const hand = hands.all.find((one) => one.id === id && !before.has(one));
    const held = accept(model, taken);
    expect(hand !== undefined, `${at}: ${id} is held`).toBe(held !== null);
    if (hand !== undefined) world.held.set(hand, held!);
  }
}

function keep({ hands, held }: World, hand: Hand, its: Held | null, at: string): void {
  expect(hands.all.includes(hand), `${at}: ${hand.id} is held`).toBe(its !== null);
  if (its === null) held.delete(hand);
}

async function losing(world: World, worker: string, how: "crash" | "lose" | "retire"): Promise<void> {
  const { store, hands, model, held } = world;
  if (how === "retire") {
    await store.retireWorker(worker);
  } else {
    await register(world, worker, -1);
    await store.recoverExpired();
  }
  await register(world, worker, 3_600_000);
  takeBack(model, worker);
  if (how === "lose") return;
  for (const hand of held.keys()) if (hand.worker === worker) held.delete(hand);
  hands.drop(worker);
}

function register({ store }: Pick<World, "store">, worker: string, leaseMs: number): Promise<void> {
  const { resumeKeys } = REGISTRY;
  return store.registerWorker({ worker, host: "", pid: 1, leaseMs, queues: [QUEUE], resumeKeys });
}

function newRoot(id: string, machine: Machine) {
  const { module, workflow, start: state } = machine;
  const resumeKey = machine.resumeKeys[state!]!;
  return root(id, { module, workflow, queue: QUEUE, state, resumeKey, input: {}, timeoutMs: WORKFLOW_TICKS * TICK_MS });
}

function chosen<T>(from: readonly T[], n: number): T | undefined {
  return from[n % Math.max(from.length, 1)];
}

async function compare({ database, model, held, seen }: World, at: string): Promise<void> {
  const rows = await ask(database, ROWS);
  const real = Object.fromEntries(rows.map(({ id, epoch: _e, seq: _s, ...row }) => [String(id), row]));
  const expected = Object.fromEntries(
    [...model.rows.values()].map(({ id, status, owner, attempt, wait, epoch: _e }) => [
      id,
      { status, owner, attempt, wait: wait?.on ?? null, consumed: consumedBy(model, id) },
    ]),
  );
  expect(real, at).toEqual(expected);
  for (const { id, epoch, seq } of rows as readonly { id: string; epoch: number; seq: number }[]) {
    const [lastEpoch, lastSeq] = seen.get(id) ?? [0, 0];
    expect([epoch, epoch >= lastEpoch, seq >= lastSeq], `${at}: ${id}`).toEqual([
      model.rows.get(id)!.epoch,
      true,
      true,
    ]);
    seen.set(id, [epoch, seq]);
  }
  for (const [{ session }, { row }] of held) expect(receivedOf(session.execution), at).toEqual(row.received ?? null);
  expect(await ask(database, BROKEN), at).toEqual([]);
}

function consumedBy({ letters }: Model, id: string): readonly string[] {
  return (letters.get(id) ?? [])
    .filter(({ consumed }) => consumed)
    .map((letter) => letter.id)
    .sort();
}

/** Of a call, only whether it went well. */
function receivedOf({ received, state }: Hand["session"]["execution"]): unknown {
  const value: unknown = state === null ? null : (received?.value ?? null);
  return Array.isArray(value) && (value[0] === "ok" || value[0] === "error") ? value[0] : value;
}

function serious(findings: Awaited<ReturnType<Store["findings"]>>): unknown {
  return findings.filter(({ code }) => code !== "unfinished_cancel");
}

const ROWS = `
  SELECT e.id, e.status, e.owner, e.attempt, e.wait->>'on' AS wait, e.epoch, e.seq,
    ARRAY(
      SELECT m.event_id FROM durable.mailbox m WHERE m.logical_id = e.id AND m.consumed_by IS NOT NULL ORDER BY 1
    ) AS consumed
  FROM durable.executions e`;

/** Ended and still held or waiting; a parent that nobody told; a child twice. */
const BROKEN = `
  SELECT e.id, 'ended, and not at rest' AS rule FROM durable.executions e
  WHERE durable.ended(e.status) AND (e.owner IS NOT NULL OR e.wait IS NOT NULL OR e.wake_at IS NOT NULL)
  UNION ALL
  SELECT p.id, 'waits for a child that has ended' FROM durable.executions p
  JOIN durable.executions c ON c.id = p.wait->>'id' WHERE p.status = 'waiting' AND durable.ended(c.status)
  UNION ALL
  SELECT parent_id, 'two children of one ref' FROM durable.executions WHERE parent_id IS NOT NULL
  GROUP BY parent_id, ref HAVING count(*) > 1`;

async function ask(database: Database, text: string): Promise<readonly Found[]> {
  return database.query({ name: "", text }, []);
}

const CLEAR = `
  WITH e AS (DELETE FROM durable.executions), h AS (DELETE FROM durable.history), m AS (DELETE FROM durable.mailbox),
    i AS (DELETE FROM durable.inputs)
  DELETE FROM durable.workers`;
