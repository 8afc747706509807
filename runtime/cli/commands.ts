/** The commands, as a table: how each is called, what it is for, what it does. */
import { unknownExecution } from "../client/existing.ts";
import type { Machine } from "../machine.ts";
import { isStatus, STATUSES } from "../status.ts";
import type { Execution, ExecutionFilter, HistoryEntry } from "../store/store.ts";
import { UsageError } from "./failure.ts";
import type { Opened, Options, Printed, Run } from "./operation.ts";
import { serve } from "./serve.ts";
import { table } from "./table.ts";
import { readInput, readPayload } from "./values.ts";

type Option = readonly [flags: string, description: string, parse?: (text: string, before: unknown) => unknown];

export interface OperationCommand {
  /** Name and arguments, as commander reads them. */
  readonly usage: string;
  readonly description: string;
  readonly options: readonly Option[];
  readonly run: Run;
}

const several = (text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text];
const WORKFLOWS: Option = ["--workflows <module>", "a compiled module, as JavaScript; may be repeated", several];

export const commands: readonly OperationCommand[] = [
  {
    usage: "migrate",
    description: "bring the database's schema up to date",
    options: [],
    run: async () => ({ json: { migrated: true }, text: "The schema is up to date." }),
  },
  {
    usage: "worker",
    description: "run executions until it is told to stop (SIGINT, SIGTERM)",
    options: [
      WORKFLOWS,
      ["--queue <name[=concurrency]>", "a queue to serve; may be repeated; default: default=10", several],
      ["--lease <ms>", "how long others wait before they take over; default: 30000", Number],
      ["--grace <ms>", "how long running code may go on at the end; default: 10000", Number],
    ],
    run: serve,
  },
  {
    usage: "start <workflow>",
    description: "start an execution of Module or Module/workflow",
    options: [
      WORKFLOWS,
      ["--input <json>", "an object, or @file; default: {}"],
      ["--id <id>", "starting again with it gives the same execution"],
      ["--queue <name>", "default: the workflow's own"],
      ["--priority <n>", "higher first; default: 0", Number],
    ],
    run: start,
  },
  {
    usage: "list",
    description: "executions, newest first",
    options: [
      ["--status <status>", "only these; may be repeated", several],
      ["--module <name>", "only of this module"],
      ["--queue <name>", "only of this queue"],
      ["--roots", "only those without a parent", () => true],
      ["--limit <n>", "default: 50", Number],
      ["--after <id>", "the last execution of the page before"],
    ],
    run: list,
  },
  { usage: "show <id>", description: "one execution with its attempts", options: [], run: show },
  {
    usage: "children <id>",
    description: "the executions that one has called or started, oldest first",
    options: [["--status <status>", "only these"]],
    run: children,
  },
  {
    usage: "cancel <id>",
    description: "end an execution and its live children",
    options: [["--reason <text>", "recorded as its error's message"]],
    run: async ({ durable, options }, id = "") => {
      await durable.cancel(id, text(options.reason));
      return { json: { cancelled: id }, text: `Cancelled ${id}.` };
    },
  },
  {
    usage: "send-event <id> <name> [payload]",
    description: "deliver an event; the payload is JSON, or else a text",
    options: [["--event-id <id>", "of the delivery; repeats of it are ignored"]],
    run: async ({ durable, options }, id = "", name = "", payload?: string) => {
      const eventId = text(options.eventId);
      await durable.sendEvent(id, name, readPayload(payload), eventId === undefined ? {} : { id: eventId });
      return { json: { delivered: name }, text: `Delivered ${name} to ${id}.` };
    },
  },
  {
    usage: "status",
    description: "how many executions there are of each status",
    options: [],
    run: async ({ durable }) => {
      const counts = await durable.counts();
      const rows = counts.map(({ status, count }) => [status, count]);
      return { json: counts, text: table(["STATUS", "EXECUTIONS"], rows, "There are no executions.") };
    },
  },
];

async function start({ durable, machines, options }: Opened, name = ""): Promise<Printed> {
  const { id, queue, priority, input } = options;
  const given = { id: text(id), queue: text(queue), priority: number(priority) };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const handle = await durable.start(machineNamed(machines, name), readInput(text(input) ?? "{}"), set);
  return { json: { id: handle.id }, text: `Started ${handle.id}.` };
}

async function list({ durable, options }: Opened): Promise<Printed> {
  return executionsPrinted(await durable.list(filterOf(options)));
}

async function children({ durable, options }: Opened, id = ""): Promise<Printed> {
  const [status] = statuses(options.status === undefined ? [] : [String(options.status)]);
  return executionsPrinted(await durable.listChildren(id, status === undefined ? {} : { status }));
}

async function show({ durable }: Opened, id = ""): Promise<Printed> {
  const execution = await durable.get(id);
  if (execution === null) throw unknownExecution(id);
  const history = await durable.history(id);
  return { json: { ...execution, history }, text: `${summary(execution)}\n\n${attempts(history)}` };
}

function summary(execution: Execution): string {
  const { id, module, workflow, status, queue, state, attempt, wakeAt, createdAt, endedAt, input, result, error } =
    execution;
  const place = state === null ? null : `${state}, attempt ${attempt}`;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const lines = {
    id,
    workflow: `${module}/${workflow}`,
    status,
    queue,
    at: place,
    due: wakeAt,
    created: createdAt,
    ended: endedAt,
  };
  const all = Object.entries({ ...lines, input: json(input), result: json(result), error: json(error) });
  return all.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(9)} ${value}`])).join("\n");
}

function attempts(history: readonly HistoryEntry[]): string {
  const rows = history.map(({ step, branch, attempt, status, startedAt, endedAt, error }) => [
    branch === null ? step : `${branch}: ${step}`,
    attempt,
    status,
    `${Date.parse(endedAt) - Date.parse(startedAt)} ms`,
    error?.message ?? null,
  ]);
  return table(["STEP", "ATTEMPT", "STATUS", "TOOK", "ERROR"], rows, "No step has ended yet.");
}

function executionsPrinted(executions: readonly Execution[]): Printed {
  const rows = executions.map(({ id, module, workflow, status, state, ref, createdAt }) => [
    id,
    `${module}/${workflow}`,
    status,
    state,
    ref,
    createdAt,
  ]);
  const headings = ["ID", "WORKFLOW", "STATUS", "STATE", "REF", "CREATED"];
  return { json: executions, text: table(headings, rows, "There are none.") };
}

function filterOf(options: Options): Partial<ExecutionFilter> {
  const { module, queue, after, limit, roots, status } = options;
  const filter = {
    module: text(module),
    queue: text(queue),
    after: text(after),
    limit: number(limit),
    rootsOnly: roots === true ? true : undefined,
    status: Array.isArray(status) ? statuses(status) : undefined,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

function statuses(words: readonly string[]) {
  return words.map((word) => {
    if (isStatus(word)) return word;
    throw new UsageError(`There is no status ${word}.`, `It is one of: ${STATUSES.join(", ")}.`);
  });
}

function machineNamed(machines: readonly Machine[], name: string): Machine {
  const [module, workflow] = name.split("/");
  const found = machines.find(
    (machine) => machine.module === module && (workflow ?? machine.workflow) === machine.workflow,
  );
  if (found !== undefined) return found;
  const known = machines.map((machine) => `${machine.module}/${machine.workflow}`).join(", ");
  throw new UsageError(`There is no workflow ${name} among --workflows.`, `There are: ${known || "none"}.`);
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function number(value: unknown): number | undefined {
  if (value === undefined || Number.isFinite(value)) return value as number | undefined;
  throw new UsageError("An option that has to be a number is none.", "Look at --help for the options.");
}
