/**
 * What a worker holds does not grow with what it has run. `MEMORY_EXECUTIONS=100000 npx vitest run test/runtime/memory.test.ts`
 * is the long form: it compares the heap after a tenth with the heap at the end.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import { expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { testDatabase } from "../support/database.ts";

const source = `
defmodule Tiny do
  use Durable
  use Durable.Context
  use Durable.Orchestration
  use Durable.Wait

  workflow "tiny" do
    step :one, fn data ->
      put_context(:text, String.duplicate("x", 1000))
      {:ok, data}
    end
    step :two, [retry: [max_attempts: 2, base: 1]], fn data ->
      case rem(data["n"], 10) do
        0 -> {:error, "every tenth fails"}
        1 -> {:ok, %{child: call_workflow(Tiny, %{n: 2}, workflow: "tiny", ref: :child)}}
        2 -> {:ok, %{timeout: wait_for_event("go", timeout: 1)}}
        _ -> {:ok, %{done: true}}
      end
    end
  end
end`;

const total = Number(process.env.MEMORY_EXECUTIONS ?? 2_000);
const AT_ONCE = 100;
/** For what the engine itself keeps and the collector leaves; a kept execution would be some kilobytes each. */
const NOISE_BYTES = 1_500_000;

test(`the heap after ${total} executions is the heap after ${total / 10}`, { timeout: 3_600_000 }, async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = async () => {
    // What is finished may still be held by a turn of the event loop.
    for (let turn = 0; turn < 5; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      collect();
    }
    return process.memoryUsage().heapUsed;
  };
  const [Tiny] = Object.values(await machinesOf(source)) as [Machine];
  const database = await testDatabase();
  const durable = await createDurable({ database: database.url, workflows: [Tiny] });
  await durable.work({ queues: { default: { concurrency: 50 } } });
  await run(durable, Tiny, total / 10);
  const before = await heap();
  await run(durable, Tiny, total - total / 10);
  const grown = (await heap()) - before;
  if (process.env.MEMORY_EXECUTIONS !== undefined) console.log(`${before} bytes, and ${grown} more at the end`);
  expect(grown).toBeLessThan(NOISE_BYTES);
  await durable.close();
  await database.drop();
});

async function run(durable: Durable, machine: Machine, count: number): Promise<void> {
  for (let started = 0; started < count; started += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, n) => {
        const { id } = await durable.start(machine, { n });
        await durable.ended(id);
      }),
    );
  }
}
