/** Commands on executions: start, look, cancel. */
import type { Machine } from "../../machine.ts";
import type { Execution, ExecutionFilter } from "../../store/store.ts";
import { UsageError } from "../failure.ts";
import { given, number, text } from "../given.ts";
import { known } from "../known.ts";
import type { Opened, Options, Printed } from "../operation.ts";
import { moment, type OperationCommand, several, statuses, WORKFLOWS, whole } from "../options.ts";
import { show } from "../show.ts";
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
      ["--priority <n>", "higher first; default: 0", whole()],
      ["--at <time>", "not before it, such as 2026-03-01T09:00:00Z; default: now", moment],
    ],
    creates: true,
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
      ["--limit <n>", "default: 50", whole(1)],
      ["--after <id>", "the last execution of the page before"],
    ],
    run: list,
  },
  { usage: "show <id>", description: "one execution with its attempts and what they logged", options: [], run: show },
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
  const { id, queue, priority, at, input } = options;
  const set = given({ id: text(id), queue: text(queue), priority: number(priority), at: at as Date | undefined });
  const started = await durable.start(machineNamed(machines, name), readInput(text(input) ?? "{}"), set);
  const { id: execution, created } = started;
  return {
    json: { id: execution, created },
    text: created ? `Started ${execution}.` : `${execution} exists already.`,
  };
}

async function list({ durable, options }: Opened): Promise<Printed> {
  const { after } = options;
  if (after !== undefined) await known(durable, String(after));
  return executionsPrinted(await durable.list(filterOf(options)));
}

async function children({ durable, options }: Opened, id = ""): Promise<Printed> {
  await known(durable, id);
  const [status] = statuses(options.status === undefined ? [] : [String(options.status)]);
  return executionsPrinted(await durable.listChildren(id, status === undefined ? {} : { status }));
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
  if (machines.length === 0) throw new UsageError(`Nothing says where ${name} is.`, "Name its module by --workflows.");
  const all = machines.map((machine) => `${machine.module}/${machine.workflow}`).join(", ");
  throw new UsageError(`There is no workflow ${name} among --workflows.`, `There are: ${all}.`);
}
