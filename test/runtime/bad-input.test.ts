/** What comes from outside and is wrong: it is refused in words, and nothing is lost or left half done. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { testDatabase } from "../support/database.ts";

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

beforeAll(async () => {
  [Order, Loan] = [...Object.values(await machinesOf(source)), ...Object.values(await machinesOf(other))] as [
    Machine,
    Machine,
  ];
  durable = await createDurable({ workflows: [Order] });
  await durable.work();
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
      message: `${folder} is a folder that holds something else, not an embedded database`,
    });
    rmSync(folder, { recursive: true });
  });
});
