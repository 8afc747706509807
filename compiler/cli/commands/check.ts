import { type Command, Option } from "commander";
import { type FormatOptions, formatOf, formatOptions } from "../format.ts";
import { type ModulesOption, modulesOption } from "../options.ts";
import { counted, reportFound } from "../report.ts";
import type { Terminal } from "../terminal.ts";
import { whileShowing } from "../terminal.ts";

interface CheckOptions extends ModulesOption, FormatOptions {
  readonly strict?: true;
  readonly fix?: true;
}

/** `durablec check`: reports what is wrong; writes nothing, unless it is to mend what can be mended safely. */
export function addCheck(program: Command, terminal: Terminal): void {
  const command = program
    .command("check")
    .summary("report what is wrong")
    .description("Report what is wrong in .durable files, and write nothing.")
    .argument("<path...>", ".durable files, and folders that hold them")
    .addOption(modulesOption())
    .addOption(new Option("--strict", "count warnings as errors"))
    .addOption(new Option("--fix", "mend what can be mended without changing what the program means"));
  for (const option of formatOptions()) command.addOption(option);
  command.addHelpText("after", EXAMPLES);
  command.action(async (paths: string[], options: CheckOptions) => {
    process.exitCode = await check(paths, options, terminal);
  });
}

const EXAMPLES = `
Examples:
  durablec check src
  durablec check src --fix --strict
  durablec check src --format github`;

async function check(paths: string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const { checkProject, fixProject } = await import("../../build.ts");
  const request = { paths, cwd: process.cwd(), modules: options.module, strict: options.strict === true };
  const fixes = options.fix ? await fixProject(request) : 0;
  const found = await whileShowing(terminal, "Checking…", () => checkProject(request));
  const mended = fixes > 0 ? `, ${counted(fixes, "problem")} mended` : "";
  await reportFound(found, formatOf(options), `${counted(found.sources.length, "file")} checked${mended}`, terminal);
  return found.errors > 0 ? 1 : 0;
}
