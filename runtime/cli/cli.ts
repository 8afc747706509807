/** The `durable` command: operations on a database of executions. */
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { commands } from "./commands/index.ts";
import { addCompletions } from "./completions/command.ts";
import { reportFailure, USAGE } from "./failure.ts";
import { explainAlike } from "./help.ts";
import { perform } from "./operation.ts";
import { whole, wordsOf } from "./options.ts";

const program = new Command("durable")
  .description("Operates durable executions.")
  .version(manifest.version, "--version", "print the version")
  .exitOverride();

for (const { usage, description, options, run, creates = false } of commands) {
  const command = program.command(usage).description(description);
  for (const [flags, what, parse] of options) command.option(flags, what, parse ?? ((text: string) => text));
  command
    .option("--database <url>", "postgres://…, or a folder of the embedded database; default: DATABASE_URL")
    .option("--schema <name>", "of the tables; default: durable")
    .option("--no-prepared-statements", "as a pooler in transaction mode wants it")
    .option("--no-listen", "the same: no LISTEN; a worker finds new work by polling")
    .option("--max-payload <bytes>", "of one value as JSON; default: 4194304", whole(1))
    .option("--json", "print JSON")
    .action((...given) => perform(run, creates, given));
}

addCompletions(
  program,
  () => wordsOf(commands),
  (script) => process.stdout.write(`${script}\n`),
);
explainAlike(program);

// Whoever reads has had enough, as in `durable list | head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

try {
  await program.parseAsync();
} catch (thrown) {
  process.exitCode = thrown instanceof CommanderError ? exitCodeOf(thrown) : reportFailure(thrown);
}

/** Commander throws for `--help` and `--version` too, with 0; everything else it throws for is bad usage. */
function exitCodeOf({ exitCode }: CommanderError): number {
  return exitCode === 0 ? 0 : USAGE;
}
