/** `durable schedules`: what the clock starts. */
import { InvalidArgumentError } from "commander";
import type { Data } from "../../json.ts";
import { type Schedules, schedulesOf } from "../../schedules/schedules.ts";
import type { Schedule, ScheduleChanges } from "../../store/schedules.ts";
import { UsageError } from "../failure.ts";
import { given, number, text } from "../given.ts";
import type { Opened, Options, Printed } from "../operation.ts";
import { notUnderstood, type OperationCommand, whole } from "../options.ts";
import { table } from "../table.ts";
import { readInput } from "../values.ts";

type Action = (all: Schedules, name: string, options: Options) => Promise<Printed>;

const ACTIONS: { readonly [action: string]: Action } = {
  enable: async (all, name) => ({ json: await all.enable(name), text: `Enabled ${name}.` }),
  disable: async (all, name) => ({ json: await all.disable(name), text: `Disabled ${name}.` }),
  update: async (all, name, options) => {
    const schedule = await all.update(name, changesOf(options));
    return {
      json: schedule,
      text: `Changed ${name}: ${schedule.cron} (${schedule.timezone}), next ${nextOf(schedule)}.`,
    };
  },
  delete: async (all, name) => {
    await all.delete(name);
    return { json: { deleted: name }, text: `Deleted ${name}.` };
  },
  trigger: async (all, name, { input }) => {
    const id = await all.trigger(name, inputOf(input));
    return { json: { id }, text: `Started ${id}.` };
  },
};

export const scheduleCommands: readonly OperationCommand[] = [
  {
    usage: "schedules [action] [name]",
    description: `what the clock starts; or ${Object.keys(ACTIONS).join(", ")} one`,
    options: [
      ["--input <json>", "of update and trigger: an object, or @file; default: as it is"],
      ["--cron <expression>", "of update, as the following: five fields, such as '0 9 * * *'"],
      ["--timezone <name>", "such as Europe/Berlin"],
      ["--queue <name>", "where its executions run"],
      ["--priority <n>", "of its executions", whole()],
      ["--overlap <rule>", "allow, or skip a time while the run before it goes on", overlap],
    ],
    run: schedules,
    actions: Object.keys(ACTIONS),
  },
];

function changesOf({ cron, timezone, queue, priority, overlap: rule, input }: Options): ScheduleChanges {
  const changes = given({
    ...{ cron: text(cron), timezone: text(timezone), queue: text(queue), priority: number(priority) },
    ...{ overlap: rule as ScheduleChanges["overlap"], input: inputOf(input) },
  });
  if (Object.keys(changes).length > 0) return changes;
  throw new UsageError(
    "It is not said what to change.",
    "Give --cron, --timezone, --queue, --priority, --overlap or --input.",
  );
}

function inputOf(input: unknown): Data | undefined {
  return input === undefined ? undefined : readInput(String(input));
}

function overlap(rule: string): string {
  if (rule === "allow" || rule === "skip") return rule;
  throw new InvalidArgumentError("It is allow or skip.");
}

function nextOf({ enabled, nextRunAt }: Schedule): string | null {
  return enabled ? nextRunAt : "off";
}

async function schedules({ durable, options }: Opened, action?: string, name?: string): Promise<Printed> {
  const all = schedulesOf(durable);
  if (action !== undefined) return await act(all, action, name, options);
  const found = await all.list();
  const rows = found.map((schedule) => [
    schedule.name,
    `${schedule.module}/${schedule.workflow}`,
    `${schedule.cron} (${schedule.timezone})`,
    nextOf(schedule),
    schedule.lastError?.message ?? null,
  ]);
  const headings = ["NAME", "WORKFLOW", "CRON", "NEXT RUN", "LAST ERROR"];
  return { json: found, text: table(headings, rows, "There are no schedules.") };
}

async function act(all: Schedules, action: string, name: string | undefined, options: Options): Promise<Printed> {
  const run = ACTIONS[action];
  if (run !== undefined && name !== undefined) return await run(all, name, options);
  throw notUnderstood(["schedules", action, name], "schedules enable daily", ACTIONS);
}
