/** What comes from outside and is wrong: it is refused in words, and nothing is lost or left half done. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const source = `
defmodule Shop do
  use Durable
  use Durable.Wait
  workflow "order", input: %{id: String.t()} do
    step :ask, fn data ->
      {:ok, Map.put(data, :go, wait_for_event("go", timeout: :infinity))}
    end
    step :name, fn data ->
      {:ok, Map.put(data, :name, wait_for_text("name", timeout: :infinity))}
    end
  end
end`;

const other = `
defmodule Library do
  use Durable
  workflow "loan" do
    step :lend, fn data -> {:ok, data} end
  end
end`;

let Order: Machine;
let Loan: Machine;
let durable: Durable;
/** What the worker was told of. */
const told: unknown[] = [];

beforeAll(async () => {
  [Order, Loan] = [...Object.values(await machinesOf(source)), ...Object.values(await machinesOf(other))] as [
    Machine,
    Machine,
  ];
  durable = await createDurable({ workflows: [Order] });
  await durable.work({ onError: (error) => told.push(error) });
});
afterAll(() => durable.close());

const half = "\ud800";
const circle: { self?: unknown } = {};
circle.self = circle;

describe("values that are no JSON", () => {
  test.each([
    ["a NUL character", "a\0b", "NUL"],
    ["half of a surrogate pair", half, "surrogate"],
    ["NaN", Number.NaN, "NaN"],
    ["undefined", [undefined], "undefined"],
    ["a date", new Date(), "Date"],
    ["a function", () => 1, "function"],
    ["a bigint", 1n, "bigint"],
    ["what contains itself", circle, "itself"],
  ])("%s is refused as an input, an event and an answer, and the execution goes on", async (_what, value, words) => {
    await expect(durable.start(Order, { id: value })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining(words),
    });
    const run = await durable.start(Order, { id: "a" });
    await expect(durable.sendEvent(run.id, "go", value)).rejects.toMatchObject({
      code: "invalid_payload",
      message: expect.stringContaining(words),
    });
    await durable.sendEvent(run.id, "go", 1);
    await expect.poll(() => durable.listPendingInputs({ executionId: run.id })).toHaveLength(1);
    await expect(durable.provideInput(run.id, "name", value)).rejects.toMatchObject({
      code: "invalid_answer",
      message: expect.stringContaining(words),
    });
    await durable.provideInput(run.id, "name", "Ann");
    expect(await run.result()).toEqual({ id: "a", go: 1, name: "Ann" });
  });

  test("keys that JSON could abuse are data", async () => {
    const payload = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2, "toString": 3}');
    const run = await durable.start(Order, { id: "a" });
    await durable.sendEvent(run.id, "go", payload);
    await expect.poll(() => durable.listPendingInputs({ executionId: run.id })).toHaveLength(1);
    await durable.provideInput(run.id, "name", "Ann");
    const { go } = (await run.result()) as { go: object };
    expect(Object.keys(go).sort()).toEqual(["__proto__", "constructor", "toString"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("a reason of a cancel, an id and a name with a NUL character are refused too", async () => {
    const run = await durable.start(Order, { id: "a" });
    const refused = { code: "data_refused" };
    await expect(durable.start(Order, { id: "a" }, { id: "a\0" })).rejects.toMatchObject(refused);
    await expect(durable.sendEvent(run.id, "go\0", 1)).rejects.toMatchObject({ code: "unknown_event" });
    await expect(durable.sendEvent(run.id, "go", 1, { id: "\0" })).rejects.toMatchObject(refused);
    await expect(durable.cancel(run.id, "a\0")).rejects.toMatchObject(refused);
    await durable.cancel(run.id);
    expect(told, "nobody else is troubled by it").toEqual([]);
  });
});

test("wrong event and input names say which there are", async () => {
  const run = await durable.start(Order, { id: "a" });
  await expect(durable.sendEvent(run.id, "gone", 1)).rejects.toMatchObject({
    code: "unknown_event",
    message: 'Shop "order" never waits for the event gone.',
    help: "It waits for: go.",
  });
  await expect(durable.provideInput(run.id, "nam", 1)).rejects.toMatchObject({
    code: "unknown_input",
    help: "It waits for: name.",
  });
  await durable.cancel(run.id);
});

test("a client that does not know the workflow may send it any event", async () => {
  const database = await testDatabase();
  const [knowing, other] = await Promise.all(
    [Order, Loan].map((machine) => createDurable({ database: database.url, workflows: [machine] })),
  );
  const run = await knowing!.start(Order, { id: "a" });
  await expect(knowing!.sendEvent(run.id, "gone", 1)).rejects.toMatchObject({ code: "unknown_event" });
  await other!.sendEvent(run.id, "gone", 1);
  await expect(other!.sendEvent("nobody", "gone", 1)).rejects.toMatchObject({ code: "unknown_execution" });
  await knowing!.close();
  await other!.close();
  await database.drop();
});

describe("what a program makes that no database can hold", () => {
  const spoiling = `
defmodule Spoils do
  use Durable
  use Durable.Context
  use Durable.Helpers
  use Durable.Wait

  workflow "returns" do
    step :fine, fn data -> {:ok, assign(data, :fine, true)} end
    step :spoil, [retry: [max_attempts: 3]], fn _data -> {:ok, %{text: "a" <> "\\0" <> "b"}} end
  end

  workflow "saves" do
    step :fine, fn data -> {:ok, assign(data, :fine, true)} end
    step :spoil, fn data ->
      text = "a" <> "\\0"
      sleep(1)
      {:ok, assign(data, :length, String.length(text))}
    end
  end

  workflow "puts" do
    step :fine, fn data -> {:ok, assign(data, :fine, true)} end
    step :spoil, fn _data -> put_context(:text, "\\0") end
  end

  workflow "prototype" do
    step :write, fn data ->
      key = "__proto__"
      put_context(key, %{polluted: true})
      {:ok, Map.put(data, "constructor", 1)}
    end
    step :read, fn data ->
      sleep(1)
      {:ok, assign(data, :seen, data["__proto__"]["polluted"])}
    end
  end
end`;
  let spoiled: Durable;
  let machines: readonly Machine[];
  beforeAll(async () => {
    machines = Object.values(await machinesOf(spoiling));
    spoiled = await createDurable({ workflows: machines });
    await spoiled.work({ skipTime: true });
  });
  afterAll(() => spoiled.close());
  const named = (workflow: string) => machines.find((machine) => machine.workflow === workflow)!;

  test.each(["returns", "saves", "puts"])(
    "a step that %s it fails in words, and nothing recorded is lost",
    async (how) => {
      const { id } = await spoiled.start(named(how), { n: 1 });
      const end = await spoiled.ended(id);
      expect(end).toMatchObject({ status: "failed", error: { type: "not_serializable" }, data: { n: 1, fine: true } });
      expect(end.error!.message).toContain("NUL");
      expect((await spoiled.history(id)).map(({ step, attempt, status }) => [step, attempt, status])).toEqual([
        ["fine", 1, "completed"],
        ["spoil", 1, "failed"],
      ]);
    },
  );

  test("keys that JavaScript gives a meaning are data like any other", async () => {
    const run = await spoiled.start(named("prototype"), {});
    const result = (await run.result()) as object;
    expect(Object.keys(result).toSorted()).toEqual(["__proto__", "constructor", "seen"]);
    expect(result).toHaveProperty("seen", true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("a row that another hand has changed", () => {
  let database: TestDatabase;
  let client: pg.Client;
  let changed: Durable;
  beforeAll(async () => {
    database = await testDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    changed = await createDurable({ database: database.url, workflows: [Order] });
  });
  afterAll(async () => {
    await changed.close();
    await client.end();
    await database.drop();
  });
  const change = (id: string, what: string) =>
    client.query(`UPDATE durable.executions SET ${what} WHERE id = $1`, [id]);

  test("cannot be given a status that is none", async () => {
    const { id } = await changed.start(Order, { id: "a" });
    await expect(change(id, "status = 'done'")).rejects.toThrow(/violates check constraint/);
    await changed.cancel(id);
  });

  test("to rest in a state that its code has not fails and says so; its neighbours run", async () => {
    const failures: unknown[] = [];
    const spoilt = await changed.start(Order, { id: "a" });
    await change(spoilt.id, "state = 'nowhere'");
    const fine = await changed.start(Order, { id: "b" });
    const worker = await changed.work({ pollMs: 20, onError: (error) => failures.push(error) });
    expect(await changed.ended(spoilt.id)).toMatchObject({
      status: "failed",
      error: { type: "internal_error", message: expect.stringContaining("nowhere") },
    });
    expect(failures).toHaveLength(1);
    await expect.poll(async () => (await changed.get(fine.id))!.state).toBe("ask@event:go");
    await worker.stop();
    await changed.cancel(fine.id);
  });

  test("to rest in a way that no code knows is left alone and listed", async () => {
    const { id } = await changed.start(Order, { id: "a" });
    await change(id, "resume_key = 'unheard of'");
    const worker = await changed.work({ pollMs: 20 });
    expect(await changed.parked()).toMatchObject([{ id, reason: "unknown_code" }]);
    await worker.stop();
    await changed.cancel(id);
  });

  test("to wait for what nobody can wait for is named, to whoever reads it", async () => {
    const { id } = await changed.start(Order, { id: "a" });
    await change(id, `wait = '{"on": "the moon"}'`);
    await expect(changed.get(id)).rejects.toMatchObject({
      code: "malformed_row",
      message: expect.stringMatching(new RegExp(`execution ${id}.*wait`)),
    });
  });
});

describe("two databases mixed up", () => {
  test("a worker leaves alone what other code started; it is listed with the reason, and that code finds it untouched", async () => {
    const database = await testDatabase();
    const shop = await createDurable({ database: database.url, workflows: [Order] });
    const library = await createDurable({ database: database.url, workflows: [Loan] });
    await library.work({ pollMs: 20 });
    const run = await shop.start(Order, { id: "a" });
    const loan = await library.start(Loan, {});
    await loan.result();
    expect((await library.parked()).map(({ id, reason }) => [id, reason])).toEqual([[run.id, "unknown_code"]]);
    await expect(library.start(Loan, {}, { id: run.id })).rejects.toMatchObject({ code: "id_taken" });
    await expect(library.sendEvent(loan.id, "go", 1)).rejects.toMatchObject({ code: "unknown_event" });
    // A client without the code can feed an execution all the same: only the names cannot be checked.
    await library.sendEvent(run.id, "go", 1);
    await shop.work();
    await expect.poll(() => library.listPendingInputs({ executionId: run.id })).toHaveLength(1);
    await library.provideInput(run.id, "name", "Ann");
    expect(await run.result()).toEqual({ id: "a", go: 1, name: "Ann" });
    await Promise.all([shop.close(), library.close()]);
    await database.drop();
  });

  test("what one database knows is unknown in another", async () => {
    const elsewhere = await createDurable({ workflows: [Order] });
    const run = await durable.start(Order, { id: "a" });
    for (const asked of [
      elsewhere.sendEvent(run.id, "go", 1),
      elsewhere.provideInput(run.id, "name", 1),
      elsewhere.cancel(run.id),
      elsewhere.retry(run.id),
      elsewhere.handle(run.id).result(),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: "unknown_execution" });
    }
    await elsewhere.close();
    await durable.cancel(run.id);
  });

  test("a database whose schema belongs to something else is left as it is", async () => {
    const database = await testDatabase({ migrated: false });
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("CREATE SCHEMA durable CREATE TABLE executions (mine integer)");
    await expect(createDurable({ database: database.url, workflows: [Order] })).rejects.toMatchObject({
      name: "StoreError",
    });
    const { rows } = await client.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'durable'",
    );
    expect(rows).toEqual([{ table_name: "executions" }]);
    await client.end();
    await database.drop();
  });

  test("a folder that holds something else is no embedded database", async () => {
    const folder = mkdtempSync(join(tmpdir(), "durable-not-"));
    writeFileSync(join(folder, "thesis.txt"), "all I have");
    await expect(createDurable({ database: folder, workflows: [Order] })).rejects.toMatchObject({
      code: "invalid_option",
      message: `${folder} is a folder that holds something else, not an embedded database.`,
    });
    rmSync(folder, { recursive: true });
  });
});
