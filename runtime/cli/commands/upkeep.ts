/** Commands for whoever runs the whole: retry, clean up, hold queues, look for what is wrong. */
import type { Durable } from "../../client/durable.ts";
import { ENDED_STATUSES, type EndedStatus, ended } from "../../status.ts";
import type { ExecutionStatus } from "../../store/store.ts";
import { UsageError } from "../failure.ts";
import { given, number, text } from "../given.ts";
import type { Opened, Printed } from "../operation.ts";
import { notUnderstood, type OperationCommand, several, statuses, whole } from "../options.ts";
import { table } from "../table.ts";

const ACTIONS: { readonly [action: string]: readonly [done: string, "pause" | "resume" | "drain"] } = {
  pause: ["Paused", "pause"],
  resume: ["Resumed", "resume"],
  drain: ["Drained", "drain"],
};

export const upkeepCommands: readonly OperationCommand[] = [
  {
    usage: "retry <id>",
    description: "take a failed execution up again in the step that failed",
    options: [],
    run: async ({ durable }, id = "") => {
      await durable.retry(id);
      return { json: { retried: id }, text: `Retrying ${id}.` };
    },
  },
  {
    usage: "cleanup",
    description: "delete executions that have ended, with all their children",
    options: [
      ["--older-than <time>", "since their end, such as 30d, 24h or 60m"],
      ["--status <status>", "only these; may be repeated; default: every one that is final", several],
      ["--batch-size <n>", "deleted by one statement; default: 1000", whole(1)],
      ["--dry-run", "only say how many, up to one batch", () => true],
    ],
    run: cleanup,
  },
  {
    usage: "queues [action] [name]",
    description: "how the queues are; or pause, resume or drain one",
    options: [["--timeout <ms>", "of drain; default: 30000", whole(0)]],
    run: queues,
    actions: Object.keys(ACTIONS),
  },
  {
    usage: "doctor",
    description: "what is not as it should be, and what nobody takes",
    options: [],
    run: doctor,
  },
];

async function cleanup({ durable, options }: Opened): Promise<Printed> {
  const { olderThan, status, batchSize, dryRun } = options;
  const before = new Date(Date.now() - durationMs(text(olderThan)));
  const which = Array.isArray(status) ? statuses(status).map(final) : [...ENDED_STATUSES];
  const deleted = await durable.cleanup({
    before,
    statuses: which,
    ...given({ batch: number(batchSize), dryRun: dryRun === true ? true : undefined }),
  });
  const what = `${deleted.executions} executions of ${deleted.trees} trees`;
  return { json: deleted, text: dryRun === true ? `Would delete ${what}.` : `Deleted ${what}.` };
}

function final(status: ExecutionStatus): EndedStatus {
  if (ended(status)) return status;
  throw new UsageError(`What is ${status} has not ended.`, `Final are: ${ENDED_STATUSES.join(", ")}.`);
}

const UNITS: { readonly [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationMs(given: string | undefined): number {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(given ?? "") ?? [];
  if (count !== undefined && unit !== undefined) return Number(count) * UNITS[unit]!;
  const what =
    given === undefined ? "It is not said how old is old enough." : `--older-than ${given} is not understood.`;
  throw new UsageError(what, "Give --older-than, such as 30d, 24h or 60m.");
}

async function queues({ durable, options }: Opened, action?: string, name?: string): Promise<Printed> {
  if (action !== undefined) return await changeQueue(durable, action, name, number(options.timeout));
  const all = await durable.queues.list();
  const rows = all.map(({ name: queue, paused, due, later, counts, workers }) => [
    queue,
    paused ? "paused" : "open",
    due,
    later,
    counts.running ?? 0,
    counts.waiting ?? 0,
    workers,
  ]);
  const headings = ["QUEUE", "STATE", "DUE", "LATER", "RUNNING", "WAITING", "WORKERS"];
  return { json: all, text: table(headings, rows, "There are no queues.") };
}

async function changeQueue(
  durable: Durable,
  action: string,
  name: string | undefined,
  timeoutMs: number | undefined,
): Promise<Printed> {
  const [done, method] = ACTIONS[action] ?? [];
  if (done === undefined || method === undefined || name === undefined) {
    throw notUnderstood(["queues", action, name], "queues pause emails", ACTIONS);
  }
  await durable.queues[method](name, given({ timeoutMs }));
  return { json: { queue: name, [action]: true }, text: `${done} ${name}.` };
}

async function doctor({ durable }: Opened): Promise<Printed> {
  const [findings, parked] = await Promise.all([durable.findings(), durable.parked()]);
  const rows = [
    ...findings.map(({ code, id, since }) => [code, id, since, null]),
    ...parked.map(({ reason, id, dueSince, module, workflow, state, queue }) => [
      `parked: ${reason}`,
      id,
      dueSince,
      `${module}/${workflow} at ${state ?? "its end"} on ${queue}`,
    ]),
  ];
  return { json: { findings, parked }, text: table(["WHAT", "ID", "SINCE", "WHERE"], rows, "Nothing is wrong.") };
}
