import { type Command, InvalidArgumentError, Option } from "commander";
import ms from "ms";
import { UserError } from "../../project/user-error.ts";
import { type ModulesOption, modulesOption } from "../options.ts";
import type { Terminal } from "../terminal.ts";

interface RunOptions extends ModulesOption {
  readonly workflow?: string;
  readonly input: string;
  readonly id?: string;
  readonly database?: string;
  readonly json?: true;
  readonly timeout?: number;
  readonly send: readonly string[];
  readonly skipTime?: true;
}

/** `durablec run`: runs a workflow to its end, without a project around it. */
export function addRun(program: Command, terminal: Terminal): void {
  program
    .command("run")
    .summary("run a workflow")
    .description("Compile .durable files in memory and run a workflow of theirs until it and its children have ended.")
    .argument("<path...>", ".durable files, and folders that hold them")
    .addOption(new Option("--workflow <module/name>", "which one; default is the one that no other calls or starts"))
    .addOption(new Option("--input <json>", "its input, or @file").default("{}"))
    .addOption(new Option("--id <id>", "start under this id, or carry on the execution that has it"))
    .addOption(new Option("--database <url>", "a Postgres server or a directory; default is memory, gone at the end"))
    .addOption(
      new Option("--send <name=json>", "an event, delivered once it is waited for; may be repeated")
        .default([], "none")
        .argParser(gather),
    )
    .addOption(new Option("--timeout <duration>", "give up after this long, for example 30s").argParser(readDuration))
    .addOption(new Option("--skip-time", "let sleeps, backoffs and timeouts pass at once (embedded database only)"))
    .addOption(modulesOption())
    .addOption(new Option("--json", "print the outcome as JSON"))
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], options: RunOptions) => {
      process.exitCode = await run(paths, options, terminal);
    });
}

const EXAMPLES = `
Examples:
  durablec run orders.durable --input '{"id": "order_123", "total": 99.99}'
  durablec run orders.durable --workflow Shop.OrderWorkflow --input @order.json --json
  durablec run approval.durable --send 'approved={"by": "ann"}' --skip-time`;

async function run(paths: string[], options: RunOptions, terminal: Terminal): Promise<number> {
  const { readInput, readSend } = await import("../run/json-argument.ts");
  const input = readInput(options.input, process.cwd());
  const sends = options.send.map(readSend);
  const { isServer, run: runWorkflow } = await import("../run/run.ts");
  const { module: modules, workflow, id, database, json, timeout, skipTime } = options;
  if (skipTime && isServer(database)) throw sharedTime();
  const timeoutMs = timeout ?? Number.POSITIVE_INFINITY;
  return runWorkflow(
    {
      paths,
      modules,
      workflow,
      input,
      id,
      database,
      json: json === true,
      timeoutMs,
      sends,
      skipTime: skipTime === true,
    },
    terminal,
  );
}

function sharedTime(): UserError {
  return new UserError(
    "usage",
    "--skip-time would move the clock of everything else on that server.",
    "Leave out --database, or give a directory of the embedded database.",
  );
}

function gather(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function readDuration(text: string): number {
  const duration = ms(text as ms.StringValue);
  if (duration === undefined || !(duration > 0))
    throw new InvalidArgumentError("Write it as a number and a unit: 500ms, 30s, 2m, 1h.");
  return duration;
}
