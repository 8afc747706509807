/** `durablec run`: compiles in memory, runs the workflow and its children on a database, and says how it ended. */

import type { Data, Durable, DurableError, Execution, Machine, StoreError } from "@durablec/runtime";
import { compileProject, type ProjectBuild } from "../../build.ts";
import { UserError } from "../../project/user-error.ts";
import type { SourceText } from "../../source/source.ts";
import { noteDiagnostics, printJson, summaryOf } from "../report.ts";
import { type Terminal, whileShowing } from "../terminal.ts";
import { chooseMachine } from "./choose.ts";
import { createDisplay } from "./display.ts";
import { type Followed, follow } from "./follow.ts";
import { frameOf } from "./frame.ts";
import type { Send } from "./json-argument.ts";
import { loadMachines } from "./load.ts";
import { outcomeOf } from "./outcome.ts";
import { verdictOf } from "./show.ts";
import type { FindMachine } from "./steps.ts";

export interface RunRequest {
  readonly paths: readonly string[];
  readonly modules: { readonly [name: string]: string };
  readonly workflow: string | undefined;
  readonly input: Data;
  readonly id: string | undefined;
  /** Undefined for the embedded database in memory. */
  readonly database: string | undefined;
  readonly json: boolean;
  readonly timeoutMs: number;
  readonly sends: readonly Send[];
  readonly skipTime: boolean;
}

/** The exit code: 0 when the execution has completed. Throws `UserError`s. */
export async function run(request: RunRequest, terminal: Terminal): Promise<number> {
  const { paths, modules } = request;
  const built = await whileShowing(terminal, "Compiling…", () =>
    compileProject({ paths, modules, cwd: process.cwd(), out: null }),
  );
  if (!request.json) noteDiagnostics(built, terminal);
  if (built.errors > 0) return refuse(built, request, terminal);
  const machine = chooseMachine(await loadMachines(built.files, process.cwd()), request.workflow);
  const durable = await whileShowing(terminal, "Opening the database…", () => open(machine, request));
  try {
    return await execute(durable, machine, built.sources, request, terminal);
  } catch (thrown) {
    throw asUserError(thrown) ?? thrown;
  } finally {
    await durable.close();
  }
}

function refuse(built: ProjectBuild, { json }: RunRequest, terminal: Terminal): number {
  if (json) printJson(built, terminal);
  else terminal.note(summaryOf(built, "", terminal));
  return 1;
}

async function open(machine: Machine, { database }: RunRequest): Promise<Durable> {
  const { createDurable } = await import("@durablec/runtime");
  try {
    return await createDurable({ workflows: [machine], ...(database === undefined ? {} : { database }) });
  } catch (thrown) {
    throw asUserError(thrown) ?? thrown;
  }
}

async function execute(
  durable: Durable,
  machine: Machine,
  sources: readonly SourceText[],
  request: RunRequest,
  terminal: Terminal,
): Promise<number> {
  const started = performance.now();
  const find: FindMachine = ({ module, workflow }: Execution) => durable.registry.find(module, workflow);
  const id = await startOrFind(durable, machine, request);
  const followed = await watch(durable, id, find, request, terminal);
  report(followed, performance.now() - started, find, sources, request, terminal);
  return followed.tree.execution.status === "completed" ? 0 : 1;
}

/** An execution that exists needs no input: it has its own. */
async function startOrFind(durable: Durable, machine: Machine, { id, input }: RunRequest): Promise<string> {
  const existing = id === undefined ? null : await durable.get(id);
  if (existing?.module === machine.module && existing.workflow === machine.workflow) return existing.id;
  const handle = await durable.start(machine, input, id === undefined ? {} : { id });
  return handle.id;
}

async function watch(
  durable: Durable,
  id: string,
  find: FindMachine,
  request: RunRequest,
  terminal: Terminal,
): Promise<Followed> {
  const display = createDisplay(terminal, find, request.json);
  try {
    return await follow(durable, { ...request, id, alone: !isServer(request.database), display });
  } finally {
    display.end();
  }
}

function report(
  followed: Followed,
  elapsedMs: number,
  find: FindMachine,
  sources: readonly SourceText[],
  { json }: RunRequest,
  terminal: Terminal,
): void {
  const { tree, unsent } = followed;
  for (const { name } of unsent)
    terminal.note(terminal.colors.yellow(`--send ${name} was not delivered: nothing waited for it.`));
  if (json) {
    terminal.print(JSON.stringify(outcomeOf(tree, find, new Date().toISOString()), null, 2));
    return;
  }
  terminal.note(`\n${verdictOf(tree, elapsedMs, terminal.colors)}`);
  const { error } = tree.execution;
  const frame = error === null ? null : frameOf(error, sources, terminal.colors);
  if (frame !== null) terminal.note(frame);
  if (tree.execution.result !== null) terminal.print(JSON.stringify(tree.execution.result, null, 2));
}

/** True for a database that other processes share; a directory or memory is this process's own. */
export function isServer(database: string | undefined): boolean {
  return database !== undefined && /^[a-z+]+:\/\//i.test(database);
}

/** What the runtime refuses is for the user to mend, and it says how; null for anything else. */
function asUserError(thrown: unknown): UserError | null {
  if (!(thrown instanceof Error) || !["DurableError", "StoreError", "InvalidInputError"].includes(thrown.name))
    return null;
  const { code, message, help } = thrown as DurableError | StoreError;
  return new UserError(code === "invalid_input" ? "usage" : "environment", message, help);
}
