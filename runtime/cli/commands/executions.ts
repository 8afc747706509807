/** Commands on executions: start, look, cancel. */
import { unknownExecution } from "../../client/existing.ts";
import type { Machine } from "../../machine.ts";
import type { Execution, ExecutionFilter, HistoryEntry } from "../../store/store.ts";
import { UsageError } from "../failure.ts";
import type { Opened, Options, Printed } from "../operation.ts";
import { given, number, text } from "../given.ts";
import { type OperationCommand, several, statuses, WORKFLOWS } from "../options.ts";
import { table } from "../table.ts";
import { readInput } from "../values.ts";

export const executionCommands: readonly OperationCommand[] = [
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
];

async function start({ durable, machines, options }: Opened, name = ""): Promise<Printed> {
  const { id, queue, priority, input } = options;
  const set = given({ id: text(id), queue: text(queue), priority: number(priority) });
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
  const parts = [summary(execution), attempts(history), undone(execution)].filter((part) => part !== null);
  return { json: { ...execution, history }, text: parts.join("\n\n") };
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

/** The saga; null where there is none. */
function undone({ compensations }: Execution): string | null {
  if (!compensations) return null;
  const rows = compensations.map(({ step, branch, compensation, status, error }) => [
    branch === null ? step : `${branch}: ${step}`,
    compensation,
    status,
    error?.message ?? null,
  ]);
  return table(["UNDOES", "BY", "STATUS", "ERROR"], rows, "Nothing is to be undone.");
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
  return given({
    module: text(module),
    queue: text(queue),
    after: text(after),
    limit: number(limit),
    rootsOnly: roots === true ? true : undefined,
    status: Array.isArray(status) ? statuses(status) : undefined,
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
