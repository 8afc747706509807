import { type Command, Option } from "commander";
import { type ModulesOption, modulesOption } from "../options.ts";
import { counted, noteDiagnostics, printJson, summaryOf } from "../report.ts";
import type { Terminal } from "../terminal.ts";
import { whileShowing } from "../terminal.ts";

interface CheckOptions extends ModulesOption {
  readonly json?: true;
  readonly strict?: true;
}

/** `durablec check`: reports what is wrong and writes nothing. */
export function addCheck(program: Command, terminal: Terminal): void {
  program
    .command("check")
    .summary("report what is wrong")
    .description("Report what is wrong in .durable files, and write nothing.")
    .argument("<path...>", ".durable files, and folders that hold them")
    .addOption(modulesOption())
    .addOption(new Option("--strict", "count warnings as errors"))
    .addOption(new Option("--json", "print the diagnostics as JSON"))
    .action(async (paths: string[], options: CheckOptions) => {
      process.exitCode = await check(paths, options, terminal);
    });
}

async function check(paths: string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const { checkProject } = await import("../../build.ts");
  const request = { paths, cwd: process.cwd(), modules: options.module, strict: options.strict === true };
  const found = await whileShowing(terminal, "Checking…", () => checkProject(request));
  if (options.json) {
    printJson(found, terminal);
  } else {
    noteDiagnostics(found, terminal);
    terminal.note(summaryOf(found, `${counted(found.sources.length, "file")} checked`, terminal));
  }
  return found.errors > 0 ? 1 : 0;
}
