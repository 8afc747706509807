import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import type { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { UserError } from "../../project/user-error.ts";
import type { Action, PlannedFile } from "../init/plan.ts";
import type { Terminal } from "../terminal.ts";

interface InitOptions {
  readonly name?: string;
  readonly yes?: true;
  readonly force?: true;
  readonly install?: boolean;
}

/** `durablec init`: begins a project that can be built, run and tested at once. */
export function addInit(program: Command, terminal: Terminal): void {
  program
    .command("init")
    .summary("begin a project")
    .description(
      "Create a project: a first workflow, a TypeScript module that it calls, an app that runs it, a test, and the scripts to build and run them. Asks what is not given, on a terminal.",
    )
    .argument("[folder]", "where; default is the current folder")
    .option("--name <name>", "of the package; default is that of the folder")
    .option("--yes", "ask nothing, and take the defaults")
    .option("--force", "overwrite files that are there already; default is to keep them")
    .option("--install", "install the packages, too")
    .option("--no-install", "do not install the packages, and do not ask")
    .addHelpText("after", EXAMPLES)
    .action(async (folder: string | undefined, options: InitOptions) => {
      process.exitCode = await init(folder, options, terminal);
    });
}

const EXAMPLES = `
Examples:
  durablec init
  durablec init tea-shop --yes --install
  durablec init . --name @acme/workflows`;

const INTERRUPTED = 130;

async function init(folder: string | undefined, options: InitOptions, terminal: Terminal): Promise<number> {
  const { Cancelled } = await import("../init/ask.ts");
  try {
    return await create(folder, options, terminal);
  } catch (thrown) {
    if (thrown instanceof Cancelled) return INTERRUPTED;
    throw thrown;
  }
}

async function create(given: string | undefined, options: InitOptions, terminal: Terminal): Promise<number> {
  const ask = await import("../init/ask.ts");
  const { nameFrom, nameProblem, projectFiles } = await import("../init/template.ts");
  const { carryOut, plan } = await import("../init/plan.ts");
  const asks = !options.yes && process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (asks) ask.greet();
  const folder = resolve(given ?? (asks ? await ask.askFolder() : "."));
  refuseFile(folder);
  const suggested = nameFrom(basename(folder));
  const name = options.name ?? (asks ? await ask.askName(suggested) : suggested);
  const problem = nameProblem(name);
  if (problem !== null) throw new UserError("usage", `${name} cannot be the name of a package.`, problem);

  const files = projectFiles({ name, ...packages });
  const overwritten = plan(files, folder, true).filter(({ action }) => action === "overwritten");
  const mayOverwrite = asks && !options.force && overwritten.length > 0;
  const force = mayOverwrite ? await ask.askOverwrite(overwritten.map(({ path }) => path)) : options.force === true;
  const manager = packageManager();
  const installs = options.install ?? (asks ? await ask.askInstall(manager) : false);

  const planned = plan(files, folder, force);
  carryOut(planned, folder);
  for (const file of planned) terminal.note(lineOf(file, terminal));
  const isInstalled = installs && install(manager, folder);
  terminal.note(`\n${nextSteps(folder, isInstalled, manager)}`);
  return installs && !isInstalled ? 1 : 0;
}

/** What was tried together; a project may go on from there. */
const packages = {
  dependencies: {
    "@durablec/runtime": `^${manifest.dependencies["@durablec/runtime"]}`,
    "@electric-sql/pglite": manifest.dependencies["@electric-sql/pglite"],
  },
  devDependencies: {
    "@types/node": "^20.19.0",
    concurrently: "^9.2.0",
    durablec: `^${manifest.version}`,
    typescript: "^6.0.3",
  },
};

function refuseFile(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UserError("usage", `${folder} is a file.`, "Name a folder, or one that is to be created.");
}

const words: { readonly [action in Action]: string } = {
  created: "created",
  overwritten: "overwritten",
  extended: "extended",
  kept: "kept as it was",
};

function lineOf({ path, action }: PlannedFile, { colors }: Terminal): string {
  const paint = { created: colors.green, overwritten: colors.yellow, extended: colors.cyan, kept: colors.dim }[action];
  return `${paint(words[action].padEnd(14))} ${path}`;
}

/** The one that the command was started by, as it tells its children. */
function packageManager(): string {
  const name = process.env.npm_config_user_agent?.split("/")[0];
  return name !== undefined && ["npm", "pnpm", "yarn", "bun"].includes(name) ? name : "npm";
}

function install(manager: string, folder: string): boolean {
  const { status } = spawnSync(manager, ["install"], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  return status === 0;
}

function nextSteps(folder: string, isInstalled: boolean, manager: string): string {
  const way = relative(process.cwd(), folder);
  const steps = [
    ...(way === "" ? [] : [`cd ${/\s/.test(way) ? JSON.stringify(way) : way}`]),
    ...(isInstalled ? [] : [`${manager} install`]),
    `${manager} test`,
    `${manager} run dev`,
  ];
  return ["Next:", ...steps.map((step) => `  ${step}`)].join("\n");
}
