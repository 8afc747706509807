import { type Command, Option } from "commander";
import { UserError } from "../../project/user-error.ts";
import type { Terminal } from "../terminal.ts";

interface FmtOptions {
  readonly check?: true;
  readonly stdinFilepath?: string;
}

/** `durablec fmt`: writes sources anew, as `mix format` would; or says which are not as it would write them. */
export function addFmt(program: Command, terminal: Terminal): void {
  program
    .command("fmt")
    .summary("format the sources")
    .description(
      "Format .durable files in place, the way `mix format` formats Elixir. Files with syntax errors are left alone.",
    )
    .argument(
      "[path...]",
      ".durable files, folders that hold them, globs; - reads standard input and writes to standard output",
    )
    .addOption(new Option("--check", "write nothing; list the files that are not formatted, and exit with 1"))
    .addOption(new Option("--stdin-filepath <path>", "format standard input as if it were this file, for editors"))
    .addHelpText("after", HELP)
    .action(async (paths: string[], options: FmtOptions) => {
      process.exitCode = await fmt(paths, options, terminal);
    });
}

const HELP = `
Lines are at most 98 characters long, or what \`printWidth\` says in the prettier configuration
of the project, where there is one. What \`.prettierignore\` lists is left out.

Examples:
  durablec fmt src
  durablec fmt --check .
  durablec fmt --stdin-filepath src/orders.durable < src/orders.durable`;

async function fmt(paths: string[], { check, stdinFilepath }: FmtOptions, terminal: Terminal): Promise<number> {
  const stdin = stdinFilepath !== undefined || (paths.length === 1 && paths[0] === "-");
  const { formatFiles, formatStdin } = await import("../fmt/fmt.ts");
  const request = { cwd: process.cwd(), check: check === true };
  if (stdin) {
    if (paths.some((path) => path !== "-"))
      throw new UserError("usage", "Standard input is one file.", "Leave out the paths.");
    return formatStdin(stdinFilepath ?? "standard input", request, terminal);
  }
  if (paths.length === 0)
    throw new UserError("usage", "There is nothing to format.", "Name files or folders, for example: durablec fmt .");
  return formatFiles(paths, request, terminal);
}
