/** One compiled module for each defect's test, and an execution of it in virtual time. */
import type { Durable, Handle, Machine, WorkerOptions } from "@durablec/runtime";
import { machinesOf } from "../../support/compile.ts";
import { type World, world } from "../world.ts";

export interface App {
  readonly here: World;
  /** Compiles items of a module `App` (or whole modules) that uses all of Durable, and gives its machines by workflow name. */
  compiled(items: string): Promise<{ readonly [workflow: string]: Machine }>;
  /** Starts the first workflow of what was compiled, with a worker for all of it. */
  started(items: string, input?: object, options?: WorkerOptions): Promise<{ durable: Durable; run: Handle<unknown> }>;
  /** The same, to its end. */
  resultOf(items: string, input?: object): Promise<unknown>;
}

const USES = ["", ".Context", ".Helpers", ".Orchestration", ".Wait", ".Scheduler.DSL"];

/** To be called at the top of a test file. */
export function app(): App {
  const here = world();
  const compiled = async (items: string) => {
    const text = items.includes("defmodule") ? items : `defmodule App do\n${items}\nend`;
    const uses = USES.map((use) => `  use Durable${use}`).join("\n");
    const machines = await machinesOf(text.replaceAll(/^(\s*defmodule .* do)$/gm, `$1\n${uses}`));
    return Object.fromEntries(Object.values(machines).map((machine) => [machine.workflow, machine]));
  };
  const started = async (items: string, input: object = {}, options: WorkerOptions = {}) => {
    const machines = await compiled(items);
    const durable = await here.working(Object.values(machines), options);
    const [, first = ""] = /workflow "(\w+)"/.exec(items) ?? [];
    return { durable, run: await durable.start(machines[first]!, input) };
  };
  return {
    here,
    compiled,
    started,
    resultOf: async (items, input) => (await started(items, input)).run.result(),
  };
}
