/**
 * Splitting a body at its waits changes nothing but when it runs: generated bodies, compiled with waits and with the
 * answers in their place, come to the same value, effects and error. A failure prints the seed; `SPLIT_SEED=…
 * SPLIT_RUNS=…` repeats it or searches longer.
 */
import type { Machine } from "@durablec/runtime";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ended } from "../../runtime/status.ts";
import { world } from "../runtime/world.ts";
import { compileText, machinesOf } from "../support/compile.ts";
import { runAllWithRestarts } from "./restarts.ts";
import { bodyText } from "./split/grammar.ts";
import { type Kind, moduleOf } from "./split/module.ts";

const seed = Number(process.env.SPLIT_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.SPLIT_RUNS ?? 1);
const here = world();

async function machinesFor(bodies: readonly string[], kind: Kind): Promise<Machine[]> {
  const machines = Object.values(await machinesOf(moduleOf(bodies, kind)));
  return bodies.map((_, index) => machines.find(({ workflow }) => workflow === `split_${index}`)!);
}

/** Without those that the compiler refuses for the number of their states. */
async function fitting(bodies: readonly string[]): Promise<string[]> {
  const { diagnostics } = await compileText(moduleOf(bodies, "waiting"));
  const tooLarge = diagnostics.filter(({ code }) => code === "flow/too-many-states").map(({ message }) => message);
  return bodies.filter((_, index) => !tooLarge.some((message) => message.includes(`run_${index}\``)));
}

const run = { input: { word: "b", list: ["a", "b"], flag: true, nothing: null }, restarts: 20 };

async function outcomesOf(bodies: readonly string[], kind: Kind) {
  const restarted = await runAllWithRestarts(here.store, await machinesFor(bodies, kind), run);
  return restarted.map(({ execution: { status, result, error } }, index) => ({
    body: bodies[index]!,
    status,
    value: result?.value,
    marks: result?.marks,
    error: error && { type: error.type, message: error.message },
  }));
}

test("what a body comes to does not depend on where it is split", { timeout: 60_000 * (runs + 1) }, async () => {
  const bodies = fc.noBias(fc.array(bodyText, { minLength: 1, maxLength: 24, size: "max" }));
  const property = fc.asyncProperty(bodies, async (generated) => {
    const texts = await fitting(generated);
    const split = await outcomesOf(texts, "waiting");
    const direct = await outcomesOf(texts, "direct");
    const isOver = (_: unknown, index: number) => ended(split[index]!.status);
    expect(split.filter(isOver)).toEqual(direct.filter(isOver));
  });
  await fc.assert(property, { seed, numRuns: runs });
});
