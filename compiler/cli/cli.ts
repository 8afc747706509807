/** The `durablec` command. Commands load what they need when they are run, so that `--help` costs next to nothing. */
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { addBuild } from "./commands/build.ts";
import { addCheck } from "./commands/check.ts";
import { addCompletions } from "./commands/completions.ts";
import { addExplain } from "./commands/explain.ts";
import { addFmt } from "./commands/fmt.ts";
import { addGraph } from "./commands/graph.ts";
import { addInit } from "./commands/init.ts";
import { addLsp } from "./commands/lsp.ts";
import { addRun } from "./commands/run.ts";
import { reportFailure, USAGE } from "./failure.ts";
import { explainAlike } from "./help.ts";
import { createTerminal } from "./terminal.ts";

const terminal = createTerminal();

const program = new Command("durablec")
  .description("Compiles durable workflows, and runs them.")
  .version(manifest.version, "--version", "print the version")
  .exitOverride();

addInit(program, terminal);
addCheck(program, terminal);
addBuild(program, terminal);
addRun(program, terminal);
addFmt(program, terminal);
addGraph(program, terminal);
addExplain(program, terminal);
addLsp(program, terminal);
addCompletions(program, terminal);
explainAlike(program, terminal);

// Whoever reads has had enough, as in `durablec graph src | head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

try {
  await program.parseAsync();
} catch (thrown) {
  process.exitCode = thrown instanceof CommanderError ? exitCodeOf(thrown) : reportFailure(thrown, terminal);
}

// What a workflow's TypeScript has left open, a timer or a connection, does not keep the command alive.
process.stdout.write("", () => process.exit());

/** Commander throws for `--help` and `--version` too, with 0; everything else it throws for is bad usage. */
function exitCodeOf({ exitCode }: CommanderError): number {
  return exitCode === 0 ? 0 : USAGE;
}
