/** Answers, a cancel and the timeout contend for the same wait, many times at once: one wins, and the worker is given it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStore } from "../../runtime/store/create.ts";
import type { Claim, Store } from "../../runtime/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { applied, asks, COMPLETED, claimAll, held, onInput, registered, transition, waiting } from "./executions.ts";

let store: Store;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  store = await createStore({ database: database.url, poolSize: 20 });
  await registered(store);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const COUNT = 60;

const HOUR = 3_600_000;

/** All wait for an input: half of them time out an hour apart, the others never. */
async function contested(): Promise<ReadonlyMap<string, string>> {
  const start = Date.parse(await store.now());
  const untils = new Map<string, string>();
  for (let n = 0; n < COUNT; n++) {
    const [id, until] = [`contest-${n}`, new Date(start + (n % 2 === 0 ? n + 1 : 1_000_000) * HOUR).toISOString()];
    const execution = await held(store, id, { queue: "contest" });
    const opens = [asks("approve", { until })];
    await applied(store, transition(execution, waiting(onInput("approve", until), until), { opens }));
    untils.set(id, until);
  }
  return untils;
}

/** What a worker makes of a claim, as the interpreter would. */
function received({ arrived, now }: Claim, until: string): string {
  if (arrived.cancelled) return "cancel";
  const [input] = arrived.inputs ?? [];
  if (input !== undefined) return `answer ${String(input.value)}`;
  return now >= until ? "timeout" : "nothing";
}

test("agrees with what everybody was told", async () => {
  const untils = await contested();
  const given = new Map<string, string>();
  const told = new Map<string, readonly string[]>();
  const tell = (id: string, how: string): void => void told.set(id, [...(told.get(id) ?? []), how]);

  const work = async (): Promise<void> => {
    while (given.size < COUNT) {
      for (const claim of await claimAll(store, "contest", undefined, 5)) {
        given.set(claim.execution.id, received(claim, untils.get(claim.execution.id)!));
        await applied(store, transition(claim.execution, COMPLETED));
      }
    }
  };
  const answer = async (executionId: string, response: string): Promise<void> => {
    const [result] = await store.provideInputs([{ executionId, name: "approve", response }]);
    if (result === "answered") tell(executionId, `answer ${response}`);
  };
  const cancel = async (id: string): Promise<void> => {
    if ((await store.cancelWait(id, "no")) === "cancelled") tell(id, "cancel");
  };
  const outsiders = [...untils.keys()].map(async (id, n) => {
    await new Promise((resolve) => setTimeout(resolve, n));
    const all = [
      () => answer(id, "yes"),
      () => (n % 2 === 0 ? store.advanceClock(untils.get(id)!) : answer(id, "perhaps")),
      () => answer(id, "no"),
      () => cancel(id),
    ];
    // Each of them is first for some.
    await Promise.all(all.map((_, k) => all[(k + (n >> 1)) % all.length]!()));
  });
  await Promise.all([work(), work(), ...outsiders]);

  const expected = [...untils.keys()].map((id) => [id, told.get(id) ?? ["timeout"]]);
  expect([...untils.keys()].map((id) => [id, [given.get(id)]])).toEqual(expected);
});
