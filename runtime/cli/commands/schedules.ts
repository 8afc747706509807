/** `durable schedules`: what the clock starts. */
import { type Schedules, schedulesOf } from "../../schedules/schedules.ts";
import { UsageError } from "../failure.ts";
import { text } from "../given.ts";
import type { Opened, Printed } from "../operation.ts";
import type { OperationCommand } from "../options.ts";
import { table } from "../table.ts";
import { readInput } from "../values.ts";

type Action = (all: Schedules, name: string, input: string | undefined) => Promise<Printed>;

const ACTIONS: { readonly [action: string]: Action } = {
  enable: async (all, name) => ({ json: await all.enable(name), text: `Enabled ${name}.` }),
  disable: async (all, name) => ({ json: await all.disable(name), text: `Disabled ${name}.` }),
  delete: async (all, name) => {
    await all.delete(name);
    return { json: { deleted: name }, text: `Deleted ${name}.` };
  },
  trigger: async (all, name, input) => {
    const id = await all.trigger(name, input === undefined ? undefined : readInput(input));
    return { json: { id }, text: `Started ${id}.` };
  },
};

export const scheduleCommands: readonly OperationCommand[] = [
  {
    usage: "schedules [action] [name]",
    description: "what the clock starts; or enable, disable, trigger or delete one",
    options: [["--input <json>", "of trigger: an object, or @file; default: the schedule's own"]],
    run: schedules,
    actions: Object.keys(ACTIONS),
  },
];

async function schedules({ durable, options }: Opened, action?: string, name?: string): Promise<Printed> {
  const all = schedulesOf(durable);
  if (action !== undefined) return await act(all, action, name, text(options.input));
  const found = await all.list();
  const rows = found.map(({ name: schedule, module, workflow, cron, timezone, enabled, nextRunAt, lastError }) => [
    schedule,
    `${module}/${workflow}`,
    `${cron} (${timezone})`,
    enabled ? nextRunAt : "off",
    lastError?.message ?? null,
  ]);
  const headings = ["NAME", "WORKFLOW", "CRON", "NEXT RUN", "LAST ERROR"];
  return { json: found, text: table(headings, rows, "There are no schedules.") };
}

async function act(all: Schedules, action: string, name: string | undefined, input: string | undefined) {
  const run = ACTIONS[action];
  if (run !== undefined && name !== undefined) return await run(all, name, input);
  throw new UsageError(`durable schedules ${action} is not understood.`, "Write it as durable schedules enable daily.");
}
