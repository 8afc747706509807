import { createTestDurable, type TestDurable } from "@durablec/runtime/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";

let durable: TestDurable;
let machines: Awaited<ReturnType<typeof machinesOf>>;

beforeAll(async () => {
  machines = await machinesOf(`
    defmodule Trial do
      use Durable
      use Durable.Wait
      use Durable.Orchestration
      workflow "trial" do
        step :welcome, fn _data -> {:ok, %{welcomed: true}} end
        step :remind, fn _data ->
          sleep(days(3))
          {:ok, %{reminded: true}}
        end
        step :ask, fn _data ->
          {:ok, %{answer: wait_for_approval("boss", timeout: days(4), timeout_value: :nobody)}}
        end
      end
    end`);
  durable = await createTestDurable({ workflows: Object.values(machines) });
});
afterAll(() => durable.close());

test("advance lets just so much time pass, and all that is due in it happens", async () => {
  const run = await durable.start(machines.Trial!, {});
  const before = await durable.now();
  await durable.advance(2 * 86_400_000);
  expect((await durable.get(run.id))!.data).toEqual({ welcomed: true });
  await durable.advance(86_400_000 + 1000);
  expect((await durable.get(run.id))!.data).toEqual({ welcomed: true, reminded: true });
  expect(await durable.listPendingInputs({ executionId: run.id })).toHaveLength(1);
  await durable.provideInput(run.id, "boss", true);
  expect(await run.result()).toMatchObject({ answer: "approved" });
  expect((await durable.now()).getTime() - before.getTime()).toBeLessThan(4 * 86_400_000);
});

test("runToEnd lets as much time pass as the execution needs", async () => {
  const run = await durable.start(machines.Trial!, {});
  expect(await durable.runToEnd(run.id)).toMatchObject({ status: "completed", result: { answer: "nobody" } });
});
