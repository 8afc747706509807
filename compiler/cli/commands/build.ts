import { relative } from "node:path";
import { type Command, Option } from "commander";
import type { OutputFile, ProjectBuild } from "../../build.ts";
import { type FormatOptions, formatOf, formatOptions } from "../format.ts";
import { type ModulesOption, modulesOption } from "../options.ts";
import { counted, reportFound } from "../report.ts";
import { type Terminal, whileShowing } from "../terminal.ts";
import type { OutputsOf, ReportBuild } from "../watch.ts";

interface BuildOptions extends ModulesOption, FormatOptions {
  readonly out?: string;
  readonly strict?: true;
  readonly types?: true;
  readonly watch?: true;
}

/** `durablec build`: writes TypeScript for what has no errors. */
export function addBuild(program: Command, terminal: Terminal): void {
  const command = program
    .command("build")
    .summary("write the TypeScript")
    .description("Compile .durable files to TypeScript. With errors, nothing is written.")
    .argument("<path...>", ".durable files, and folders that hold them")
    .addOption(new Option("--out <dir>", 'where to write; default is what the configuration says, else "generated"'))
    .addOption(modulesOption())
    .addOption(new Option("--strict", "count warnings as errors"))
    .addOption(
      new Option(
        "--types",
        "for apps whose bundler compiles: write only orders.d.durable.ts beside orders.durable",
      ).conflicts("out"),
    )
    .addOption(new Option("--watch", "build again whenever a file has changed, until Ctrl-C"));
  for (const option of formatOptions()) command.addOption(option);
  command.addHelpText("after", EXAMPLES);
  command.action(async (paths: string[], options: BuildOptions) => {
    process.exitCode = await build(paths, options, terminal);
  });
}

const EXAMPLES = `
Examples:
  durablec build src
  durablec build src --out generated --strict
  durablec build src --types
  durablec build orders.durable --module Mailer=./mailer.ts`;

async function build(paths: string[], options: BuildOptions, terminal: Terminal): Promise<number> {
  const { compileProject, declarationFiles, removeFiles, writeFiles } = await import("../../build.ts");
  const { out = options.types ? null : undefined, module: modules, strict } = options;
  const request = {
    paths,
    cwd: process.cwd(),
    modules,
    strict: strict === true,
    ...(out === undefined ? {} : { out }),
  };
  const outputsOf: OutputsOf = options.types ? declarationFiles : async ({ files }) => files;
  if (options.watch === true) {
    const { watchBuilds } = await import("../watch.ts");
    const report: ReportBuild = (built, files, written) =>
      reportFound(built, formatOf(options), doneOf(built, files, written), terminal);
    await watchBuilds({ request, outputsOf, report }, terminal);
    return 0;
  }
  const built = await whileShowing(terminal, "Compiling…", () => compileProject(request));
  const files = await outputsOf(built);
  const written = writeFiles(files);
  removeFiles(built.leftovers);
  await reportFound(built, formatOf(options), doneOf(built, files, written.length), terminal);
  return built.errors > 0 ? 1 : 0;
}

/** `3 files compiled, 1 written, 1 removed`, with the path of what was written when it is the only one. */
function doneOf({ sources, leftovers }: ProjectBuild, files: readonly OutputFile[], written: number): string {
  const compiled = `${counted(sources.length, "file")} compiled`;
  const removed = leftovers.length === 0 ? "" : `, ${leftovers.length} removed`;
  const [only] = files;
  if (files.length === 1 && only !== undefined) return `${compiled} to ${relative(process.cwd(), only.path)}${removed}`;
  return `${compiled}, ${written === 0 ? "nothing changed" : `${written} written`}${removed}`;
}
