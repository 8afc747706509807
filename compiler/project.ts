/**
 * Brings the world to the compiler: finds the sources, reads the configuration and the app's TypeScript, and decides
 * where output goes. Together with resolve/foreign.ts the only part of the compiler that reads the disk.
 */
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { DiagnosticBag } from "./diagnostics/bag.ts";
import { rules } from "./diagnostics/catalog/index.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { CompileInput } from "./input.ts";
import { CONFIG_FILE, type Config, defaultConfig } from "./project/config.ts";
import { foreignModules } from "./project/foreign-modules.ts";
import type { Mirror } from "./project/leftovers.ts";
import { readPrelude } from "./project/prelude.ts";
import { EXTENSION, findSources, readSource } from "./project/sources.ts";
import { UserError } from "./project/user-error.ts";

export interface ProjectRequest {
  /** Files and folders, relative to `cwd`. */
  readonly paths: readonly string[];
  readonly cwd: string;
  /** `--module Name=path`: DSL names of TypeScript modules; they win over the configuration's. */
  readonly modules?: { readonly [name: string]: string };
  /** Where generated files go, relative to `cwd`; null is beside their sources. Otherwise the configuration says. */
  readonly out?: string | null;
}

export interface Project {
  readonly input: CompileInput;
  readonly config: Config;
  /** Null where others may write to the same folder: output that goes elsewhere than the configuration says, or without one. */
  readonly mirror: Mirror | null;
  /** What is wrong with the configuration. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Throws a `UserError` when a path names nothing. */
export async function openProject(request: ProjectRequest): Promise<Project> {
  const { cwd } = request;
  const found = findSources(request.paths, cwd);
  const bag = new DiagnosticBag();
  const config = await openConfig(found.root, cwd, bag);
  const modules = modulesOf(config, request);
  const out = resolve(cwd, request.out ?? resolve(config.folder, config.out));
  const root = config.root === null ? found.root : resolve(config.folder, config.root);
  const input: CompileInput = {
    sources: found.sources,
    prelude: readPrelude(),
    modules,
    foreign: await foreignModules({ sources: found.sources, modules, cwd }),
    enabled: Object.keys(config.rules).filter((code) => config.rules[code] !== "off"),
    outputPath: (source) =>
      request.out === null ? `${resolve(cwd, source.path)}.ts` : outputPath(resolve(cwd, source.path), root, out),
  };
  const mirror = config.root === null || request.out !== undefined ? null : { root, out };
  return { input, config, mirror, diagnostics: bag.sorted() };
}

/** The nearest configuration, looking upwards from the sources and then from where the user stands. */
export async function openConfig(root: string, cwd: string, bag: DiagnosticBag): Promise<Config> {
  const path = findUpwards(CONFIG_FILE, root) ?? findUpwards(CONFIG_FILE, cwd);
  if (path === null) return defaultConfig(cwd);
  const { readConfig } = await import("./project/read-config.ts");
  return readConfig(readSource(path, cwd), path, rules, bag);
}

function findUpwards(name: string, folder: string): string | null {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? null : findUpwards(name, parent);
}

/** Paths are made absolute, because a configuration and a command line may stand in different folders. */
export function modulesOf(
  config: Config,
  { modules = {}, cwd }: Pick<ProjectRequest, "modules" | "cwd">,
): ReadonlyMap<string, string> {
  const place = (folder: string, specifier: string) => (isPath(specifier) ? resolve(folder, specifier) : specifier);
  return new Map([
    ...Object.entries(config.modules).map(([name, path]) => [name, place(config.folder, path)] as const),
    ...Object.entries(modules).map(([name, path]) => [name, place(cwd, path)] as const),
  ]);
}

function isPath(specifier: string): boolean {
  return /^(\.{0,2}|[A-Za-z]:)[\\/]/.test(specifier);
}

/** `orders/pay.durable` below the root becomes `orders/pay.ts` below `out`. */
function outputPath(source: string, root: string, out: string): string {
  const below = relative(root, source);
  if (below.startsWith("..") || isAbsolute(below)) throw outside(source, root);
  return join(out, `${below.slice(0, -EXTENSION.length)}.ts`);
}

function outside(source: string, root: string): UserError {
  const message = `${source} is not below ${root}, which what is written mirrors.`;
  return new UserError("usage", message, `Name a folder that holds all sources as "root" in ${CONFIG_FILE}.`);
}
