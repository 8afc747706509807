import { ok } from "@durablec/runtime";
import { expect, test } from "vitest";
import { durableOn } from "../../runtime/client/durable.ts";
import { registryOf } from "../../runtime/registry.ts";
import { machineOf, resume, step } from "./machines.ts";
import { world } from "./world.ts";

const here = world();
const MINUTE = 60_000;

/** Sleeps, noting when it wakes. */
function sleeper(module: string, ms: number, woke: (module: string) => void) {
  return machineOf(module, {
    nap: step(null, (io) => io.sleep(ms, { resume: "nap@sleep" })),
    "nap@sleep": resume("nap", () => {
      woke(module);
      return ok({});
    }),
  });
}

test("workers on different queues share virtual time: no timer is passed over by another's", async () => {
  const order: string[] = [];
  const naps = [5, 1, 4, 2, 3].map((minutes) => ({ queue: minutes % 2 === 0 ? "even" : "odd", minutes }));
  const machines = naps.map(({ minutes }) =>
    sleeper(`Nap${minutes}`, minutes * MINUTE, (module) => order.push(module)),
  );
  const durable = durableOn(here.store, registryOf(machines));
  const runs = await Promise.all(machines.map((machine, n) => durable.start(machine, {}, { queue: naps[n]!.queue })));
  const options = { skipTime: true, pollMs: 20 };
  const workers = await Promise.all([
    durable.work({ ...options, queues: { odd: { concurrency: 3 } } }),
    durable.work({ ...options, queues: { even: { concurrency: 3 } } }),
  ]);
  await Promise.all(runs.map((run) => run.result()));
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(order).toEqual(["Nap1", "Nap2", "Nap3", "Nap4", "Nap5"]);
});

test("a function can hold the clock back", async () => {
  let allowed = false;
  const machine = sleeper("Held", MINUTE, () => {});
  const durable = await here.working([machine], { skipTime: () => allowed });
  const run = await durable.start(machine, {});
  await expect(run.result({ timeoutMs: 150 })).rejects.toMatchObject({ code: "result_timeout", status: "waiting" });
  allowed = true;
  expect(await run.result()).toEqual({});
});
