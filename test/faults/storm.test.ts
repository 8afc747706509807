/**
 * Orders and returns while everything fails that can. `DURABLE_STORM=1000` for the full run, `DURABLE_SEED` to have one
 * again; see docs/runtime.md for what is promised.
 */
import { setTimeout as after } from "node:timers/promises";
import {
  createDurable,
  type Durable,
  DurableError,
  type Execution,
  ended,
  type Machine,
  StoreError,
} from "@durablec/runtime";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { troubleOf } from "../../runtime/store/postgres/sqlstate.ts";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { below, chanceOf, seedOfRun, shuffled } from "./chance.ts";
import { eventsOf } from "./events.ts";
import { broken, isEffect, ofSleepers, overseer, witnessOf } from "./evidence.ts";
import { type Effect, openWorkshop, type Workshop } from "./processes.ts";
import { startStorm } from "./storm.ts";
import {
  compileWorkflows,
  expectedChildren,
  expectedEffects,
  expectedResult,
  expectedUndoing,
  loadWorkflows,
} from "./workflows.ts";

const EXECUTIONS = Number(process.env.DURABLE_STORM ?? "30");
const SEED = seedOfRun();
const AT_ONCE = 40;
const WORKERS = 3;
const LEASE_MS = 4_000;

let cluster: Cluster;
let workshop: Workshop;
let durable: Durable;
let machines: { readonly Order: Machine; readonly Return: Machine };

beforeAll(async () => {
  const paths = await compileWorkflows();
  // What was acknowledged has to survive a crash of the server.
  [machines, cluster, workshop] = await Promise.all([
    loadWorkflows(paths),
    startCluster({ fsync: "on" }),
    openWorkshop(paths),
  ]);
  durable = await createDurable({ database: cluster.url("postgres"), workflows: Object.values(machines) });
}, 180_000);

afterAll(async () => {
  await durable?.close();
  await workshop?.close();
  await cluster?.remove();
});

/** What clients do by chance. */
const chance = chanceOf(SEED + 1);

/** A client's request may fail with the database; it is made again. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof StoreError) && !["away", "exhausted"].includes(troubleOf(thrown))) throw thrown;
      await after(100);
    }
  }
}

type Kind = "order" | "return" | "cancelled order";

interface Run {
  readonly kind: Kind;
  readonly id: string;
  readonly total: number;
}

async function start(total: number): Promise<Run> {
  const kind: Kind = total % 5 === 0 ? "return" : total % 11 === 0 ? "cancelled order" : "order";
  const machine = kind === "return" ? machines.Return : machines.Order;
  const { id } = await eventually(() =>
    durable.start(machine, { total }, { id: `${kind}-${total}`.replace(" ", "-") }),
  );
  return { kind, id, total };
}

/** What the outside world does to an order: sends its events, some of them twice, and cancels some. */
async function attend({ kind, id, total }: Run): Promise<void> {
  if (kind === "cancelled order") {
    await after(chance() * 1_000);
    await eventually(() => ignoring(["ended_execution"], durable.cancel(id)));
  }
  if (kind !== "order") return;
  for (const { name, payload } of shuffled(chance, eventsOf(total))) {
    await after(chance() * 500);
    for (let times = 1 + below(chance, 3); times > 0; times--) {
      await eventually(() => ignoring(["ended_execution"], durable.sendEvent(id, name, payload, { id: name })));
    }
  }
}

async function ignoring(codes: readonly string[], work: Promise<void>): Promise<void> {
  await work.catch((thrown: unknown) => {
    if (!(thrown instanceof DurableError && codes.includes(thrown.code))) throw thrown;
  });
}

/** Answers everything that people are asked, with two answers at once. */
async function answerAll(): Promise<void> {
  for (const { executionId, name } of await eventually(() => durable.listPendingInputs())) {
    const answers = ["approved", true].map((answer) =>
      eventually(() =>
        ignoring(["already_answered", "unknown_input"], durable.provideInput(executionId, name, answer)),
      ),
    );
    await Promise.all(answers);
  }
}

test(`${EXECUTIONS} executions in a storm of faults (DURABLE_SEED=${SEED}): each ends right, nothing is lost, doubled or run again`, {
  timeout: 300_000 + EXECUTIONS * 10_000,
}, async () => {
  const witness = witnessOf(Object.values(machines));
  const oversight = overseer();
  const storm = await startStorm({
    ...{ cluster, workshop, chance: chanceOf(SEED), workers: WORKERS, leaseMs: LEASE_MS },
  });
  const runs: Run[] = [];
  const ends: Execution[] = [];
  let over = false;
  const watching = (async () => {
    while (!over) {
      await eventually(() => onClient((client) => witness.look(client)));
      await eventually(() => onClient((client) => oversight.look(client, workshop.records())));
      await answerAll();
      await after(300);
    }
  })();

  // A full run takes its time.
  const progress = setInterval(() => console.log(`${ends.length} of ${EXECUTIONS} have ended`), 30_000);
  const lane = async (): Promise<void> => {
    while (runs.length < EXECUTIONS) {
      const total = runs.length + 1;
      runs.push({ kind: "order", id: "", total });
      const run = await start(total);
      runs[total - 1] = run;
      await attend(run);
      ends.push(await eventually(() => durable.ended(run.id)));
    }
  };
  const working = Promise.all(Array.from({ length: AT_ONCE }, lane)).then(() => {
    over = true;
  });
  await Promise.all([working, watching, storm.rage(() => over)]);
  await everybodyEnded();
  await storm.end();
  clearInterval(progress);

  const records = workshop.records();
  const effects = records.filter(isEffect);
  const asleep = [...records.filter((one) => one.is === "pause"), ...storm.absences];
  const late = witness.late(records);
  const sleepers = ofSleepers(late, asleep, LEASE_MS);
  console.table({
    ...{ seed: SEED, "executions started": runs.length, effects: effects.length, ...storm.counts() },
    "effects of workers that had lost their lease": sleepers.length,
  });

  for (const end of ends) expectEnd(runs.find(({ id }) => id === end.id)!, end);
  await expectTrees(runs, effects);
  expect(
    late.filter((one) => !sleepers.includes(one)),
    "checkpointed segments that ran again",
  ).toEqual([]);
  expect([...oversight.forgotten], "held by a worker that lives and does not run it").toEqual([]);
  expect(
    records.filter((one) => one.is === "stray"),
    "the same, given back by that worker",
  ).toEqual([]);
  expect(unstableKeys(effects), "segments whose keys differ between attempts").toEqual([]);
  expect(await onClient(broken)).toEqual([]);
});

function expectEnd({ kind, total }: Run, { id, status, result, error }: Execution): void {
  const type = error?.type ?? null;
  const expected = {
    order: { id, status: "completed", result: expectedResult(total), type: null },
    return: { id, status: "compensated", result: null, type: "step_timeout" },
    "cancelled order": { id, status: "cancelled", result: null, type: "cancelled" },
  };
  expect({ id, status, result, type }).toEqual(expected[kind]);
}

interface Member {
  readonly id: string;
  readonly root_id: string;
  readonly parent_id: string;
  readonly ref: string;
  readonly status: string;
}

/** Each child once, ended as it should, and every segment of the tree run. */
async function expectTrees(runs: readonly Run[], effects: readonly Effect[]): Promise<void> {
  const { rows } = await onClient((client) =>
    client.query<Member>(
      "SELECT id, root_id, parent_id, ref, status FROM durable.executions WHERE kind IN ('call', 'start', 'inline')",
    ),
  );
  const children = grouped(rows, ({ root_id }) => root_id);
  const segments = grouped(effects, ({ execution }) => execution);
  const ran = (id: string): readonly string[] => [...new Set(segments.get(id)?.map(({ segment }) => segment))].sort();
  for (const { kind, id } of runs) {
    const mine = children.get(id) ?? [];
    if (kind === "order") {
      expect(Object.fromEntries(mine.map(({ ref, status }) => [ref, status]))).toEqual(expectedChildren);
      const all = Object.fromEntries([["", ran(id)], ...mine.map((child) => [child.ref, ran(child.id)])]);
      expect({ id, all }).toEqual({ id, all: sorted(expectedEffects) });
    }
    if (kind === "return") {
      expect({ id, ran: ran(id) }).toEqual({ id, ran: sorted(expectedUndoing)[""] });
      const endings = Object.fromEntries(mine.map(({ ref, status }) => [ref, status]));
      expect(["failed"]).toContain(endings.inspection);
      expect(["cancelled", undefined]).toContain(endings.scan);
    }
  }
}

function sorted(effects: { readonly [ref: string]: readonly string[] }): { readonly [ref: string]: readonly string[] } {
  return Object.fromEntries(Object.entries(effects).map(([ref, segments]) => [ref, [...segments].sort()]));
}

/** Segments that were not known by the same key each time, so that nobody could have told them apart from others. */
function unstableKeys(effects: readonly Effect[]): readonly string[] {
  const keys = grouped(effects, ({ execution, segment }) => `${execution} ${segment}`);
  return [...keys].filter(([, all]) => new Set(all.map(({ key }) => key)).size > 1).map(([segment]) => segment);
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

async function everybodyEnded(): Promise<void> {
  while ((await eventually(() => durable.counts())).some(({ status }) => !ended(status))) await after(200);
}

async function onClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: cluster.url("postgres") });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
