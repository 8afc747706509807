import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import { type Command, Option } from "commander";
import type { Drawing } from "../../graph/drawing.ts";
import type { WorkflowGraph } from "../../graph/graph.ts";
import { UserError } from "../../project/user-error.ts";
import { type ModulesOption, modulesOption } from "../options.ts";
import { noteDiagnostics, summaryOf } from "../report.ts";
import { type Terminal, whileShowing } from "../terminal.ts";

const formats = ["mermaid", "dot", "svg"] as const;
type GraphFormat = (typeof formats)[number];

interface GraphOptions extends ModulesOption {
  readonly workflow?: string;
  readonly calls?: true;
  readonly format?: GraphFormat;
  readonly out?: string;
}

/** `durablec graph`: draws what workflows do, or who calls whom. */
export function addGraph(program: Command, terminal: Terminal): void {
  program
    .command("graph")
    .summary("draw the workflows")
    .description(
      "Draw workflows: their steps, branches, parallel blocks, waits, children and compensations; or, with --calls, which workflow calls which.",
    )
    .argument("<path...>", ".durable files, and folders that hold them")
    .addOption(new Option("--workflow <module/name>", "only this one; default is all, on one sheet"))
    .addOption(new Option("--calls", "only which workflow calls and starts which"))
    .addOption(
      new Option(
        "--format <form>",
        "of the diagram; default is what the ending of --out says, mermaid without one",
      ).choices(formats),
    )
    .addOption(new Option("--out <file>", "where to write it; default is standard output"))
    .addOption(modulesOption())
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], options: GraphOptions) => {
      process.exitCode = await graph(paths, options, terminal);
    });
}

const EXAMPLES = `
Examples:
  durablec graph src/orders.durable
  durablec graph src --workflow Shop.Order --out order.svg
  durablec graph src --calls --format dot | dot -Tpng -o calls.png`;

async function graph(paths: string[], options: GraphOptions, terminal: Terminal): Promise<number> {
  const format = formatOf(options);
  const { graphProject } = await import("../../build.ts");
  const request = { paths, cwd: process.cwd(), modules: options.module };
  const found = await whileShowing(terminal, "Checking…", () => graphProject(request));
  if (found.errors > 0) {
    noteDiagnostics(found, terminal);
    terminal.note(summaryOf(found, "", terminal));
    return 1;
  }
  const drawing = await draw(found.graphs, options);
  const text = await render(drawing, format);
  if (options.out === undefined) terminal.print(text.trimEnd());
  else {
    write(options.out, text);
    terminal.note(terminal.colors.green(`✓ ${options.out} written`));
  }
  return 0;
}

async function draw(graphs: readonly WorkflowGraph[], { workflow, calls }: GraphOptions): Promise<Drawing> {
  const { drawCalls, drawWorkflows } = await import("../../graph/drawing.ts");
  if (graphs.length === 0)
    throw new UserError("usage", "There is no workflow in these files.", "Name files that declare one.");
  const wanted = workflow === undefined ? graphs : [await named(graphs, workflow)];
  return calls ? drawCalls(wanted) : drawWorkflows(wanted);
}

async function named(graphs: readonly WorkflowGraph[], wanted: string): Promise<WorkflowGraph> {
  const found = graphs.find(({ id, module }) => id === wanted || module === wanted);
  if (found !== undefined) return found;
  const { suggest } = await import("../../diagnostics/suggest.ts");
  const names = graphs.flatMap(({ id, module }) => [module, id]);
  const near = suggest(wanted, names);
  throw new UserError(
    "usage",
    `There is no workflow ${wanted} in these files.`,
    near === null ? `There are: ${graphs.map(({ id }) => id).join(", ")}.` : `Did you mean --workflow ${near}?`,
  );
}

const endings: { readonly [ending: string]: GraphFormat | undefined } = {
  ".svg": "svg",
  ".dot": "dot",
  ".gv": "dot",
  ".mmd": "mermaid",
  ".mermaid": "mermaid",
};

function formatOf({ format, out = "" }: GraphOptions): GraphFormat {
  const ending = extname(out).toLowerCase();
  const found = format ?? (ending === "" ? "mermaid" : endings[ending]);
  if (found !== undefined) return found;
  const known = Object.keys(endings).join(", ");
  throw new UserError("usage", `No diagram is written as ${ending}.`, `Choose one of ${known}, or say --format.`);
}

async function render(drawing: Drawing, format: GraphFormat): Promise<string> {
  switch (format) {
    case "mermaid":
      return (await import("../../graph/mermaid.ts")).toMermaid(drawing);
    case "dot":
      return (await import("../../graph/dot.ts")).toDot(drawing);
    case "svg":
      return (await import("../../graph/svg.ts")).toSvg(drawing);
  }
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UserError("environment", `Cannot write ${path}: ${reason}.`, "Choose another file with --out.");
  }
}
