/** Values too large to be stored: refused where they are handed over, with what is recorded left as it is. */
import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import { schedulesOf } from "@durablec/runtime/schedules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { testDatabase } from "../support/database.ts";

const KB = 1024;
const large = "x".repeat(20 * KB);

const source = `
defmodule Large do
  use Durable
  use Durable.Context
  use Durable.Orchestration
  use Durable.Wait

  workflow "returns" do
    step :small, [compensate: :undo], fn _data -> {:ok, %{small: true}} end
    step :grow, [retry: [max_attempts: 3, base: 1]], fn data -> {:ok, %{text: String.duplicate("x", data["n"])}} end
    compensate :undo, fn _data -> {:ok, %{undone: true}} end
  end

  workflow "gathers" do
    step :one, fn _data -> {:ok, %{one: String.duplicate("x", 6000)}} end
    step :two, fn _data -> {:ok, %{two: String.duplicate("x", 6000)}} end
  end

  workflow "keeps" do
    step :wait, fn _data ->
      text = String.duplicate("x", 20000)
      sleep(1)
      {:ok, %{length: String.length(text)}}
    end
  end

  workflow "puts" do
    step :put, fn _data ->
      put_context(:text, String.duplicate("x", 20000))
      sleep(1)
      {:ok, %{}}
    end
  end

  workflow "fails" do
    step :fail, fn _data -> {:error, String.duplicate("x", 20000)} end
  end

  workflow "calls" do
    step :call, fn _data ->
      {:ok, result} = call_workflow(Large, %{text: String.duplicate("x", 20000)}, workflow: "waits", ref: :child)
      {:ok, %{result: result}}
    end
  end

  workflow "block" do
    parallel do
      step :one, fn _data -> {:ok, %{one: String.duplicate("x", 6000)}} end
      step :two, fn _data -> {:ok, %{two: String.duplicate("x", 6000)}} end
    end
    step :after, fn _data -> {:ok, %{}} end
  end

  workflow "undoes" do
    step :charge, [compensate: :refund], fn _data -> {:ok, %{}} end
    step :ship, fn _data -> {:error, "no"} end
    compensate :refund, fn _data ->
      put_context(:text, String.duplicate("x", 20000))
      {:ok, %{}}
    end
  end

  workflow "waits" do
    step :event, fn _data -> {:ok, %{event: wait_for_event("go", timeout: :infinity)}} end
    step :answer, fn data -> {:ok, Map.put(data, :answer, wait_for_text("name", timeout: :infinity))} end
  end
end`;

const adapters: readonly { name: string; open: () => Promise<{ database: string; drop: () => Promise<void> }> }[] = [
  { name: "Postgres", open: async () => (({ url, drop }) => ({ database: url, drop }))(await testDatabase()) },
  { name: "PGlite", open: async () => ({ database: "memory", drop: async () => {} }) },
];

describe.each(adapters)("payloads beyond the limit on $name", ({ open }) => {
  let durable: Durable;
  let drop: () => Promise<void>;
  let machines: readonly Machine[];
  const named = (workflow: string) => machines.find((machine) => machine.workflow === workflow)!;
  const endOf = async (workflow: string, input = {}) => {
    const run = await durable.start(named(workflow), input);
    return await durable.ended(run.id);
  };
  beforeAll(async () => {
    machines = Object.values(await machinesOf(source));
    const opened = await open();
    drop = opened.drop;
    durable = await createDurable({ database: opened.database, workflows: machines, maxPayloadBytes: 10 * KB });
    await durable.work();
  });
  afterAll(async () => {
    await durable.close();
    await drop();
  });

  test("a step that returns one fails, is not tried again, and is undone from what was recorded before", async () => {
    const end = await endOf("returns", { n: 20_000 });
    expect(end).toMatchObject({
      status: "compensated",
      data: { n: 20_000, small: true },
      error: {
        type: "payload_too_large",
        message: "Of the step grow, the data after it takes 20034 bytes as JSON, more than the limit of 10240.",
      },
    });
    const attempts = (await durable.history(end.id)).map(({ step, status }) => `${step} ${status}`);
    expect(attempts).toEqual(["small completed", "grow failed", "undo completed"]);
    expect(await endOf("returns", { n: 5_000 })).toMatchObject({ status: "completed" });
  });

  test.each([
    ["gathers", "Of the step two, the data after it"],
    ["keeps", "Of the step wait, what it has to keep while it waits"],
    ["puts", "Of the step put, what it has to keep while it waits"],
    ["fails", "Of the step fail, the error it ended with"],
    ["calls", 'The input for Large "waits"'],
    ["block", "The data after a parallel block"],
  ])("%s: what grows too large is named", async (workflow, what) => {
    const { status, error } = await endOf(workflow);
    expect([status, error!.type]).toEqual(["failed", "payload_too_large"]);
    expect(error!.message).toContain(what);
  });

  test("a compensation that leaves one has failed, and says so", async () => {
    expect(await endOf("undoes")).toMatchObject({
      status: "compensation_failed",
      compensations: [{ compensation: "refund", status: "failed", error: { type: "payload_too_large" } }],
    });
  });

  test("start, sendEvent, provideInput and schedules refuse one, and nothing is changed by it", async () => {
    const refused = { code: "payload_too_large" };
    await expect(durable.start(named("waits"), { large })).rejects.toMatchObject(refused);
    const run = await durable.start(named("waits"), {});
    await expect(durable.sendEvent(run.id, "go", large)).rejects.toMatchObject(refused);
    await durable.sendEvent(run.id, "go", "small");
    await expect.poll(() => durable.listPendingInputs({ executionId: run.id })).toHaveLength(1);
    await expect(durable.provideInput(run.id, "name", large)).rejects.toMatchObject(refused);
    await durable.provideInput(run.id, "name", "Ann");
    expect(await run.result()).toEqual({ event: "small", answer: "Ann" });
    const schedules = schedulesOf(durable);
    await expect(schedules.create(named("waits"), { cron: "@daily", input: { large } })).rejects.toMatchObject(refused);
    await schedules.create(named("waits"), { cron: "@daily", name: "waits" });
    await expect(schedules.trigger("waits", { large })).rejects.toMatchObject(refused);
  });
});

test("the limit is 4 MiB unless it is given", async () => {
  const [Returns] = Object.values(await machinesOf(source));
  const durable = await createDurable({ workflows: [Returns!] });
  await expect(durable.start(Returns!, { text: "x".repeat(4 * KB * KB) })).rejects.toMatchObject({
    code: "payload_too_large",
    message: 'The input for Large "returns" takes 4194315 bytes as JSON, more than the limit of 4194304.',
  });
  await durable.start(Returns!, { text: "x".repeat(4 * KB * KB - 20) });
  await durable.close();
});
