/**
 * Brings compiled modules to life without writing them anywhere the user would see: emitted code and the TypeScript it
 * imports become one temporary bundle. The runtime is the command's own, and packages are those of whoever imports them.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Machine } from "@durablec/runtime";
import {
  type BuildFailure,
  build,
  type Loader,
  type OnResolveArgs,
  type OnResolveResult,
  type Plugin,
  type PluginBuild,
} from "esbuild";
import { type EmittedFile, withInlineMap } from "../../emit/emitted-file.ts";
import { UserError } from "../../project/user-error.ts";
import { captureAppOutput } from "./app-output.ts";

/** Every machine the files export. Throws a `UserError` when the app's TypeScript cannot be loaded. */
export async function loadMachines(files: readonly EmittedFile[], cwd: string): Promise<Machine[]> {
  const bundle = await bundleOf(files, cwd);
  const folder = await mkdtemp(join(tmpdir(), "durablec-"));
  try {
    const path = join(folder, "machines.mjs");
    await writeFile(path, bundle);
    process.setSourceMapsEnabled(true);
    return machinesIn(await importApp(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleOf(files: readonly EmittedFile[], cwd: string): Promise<string> {
  const entry = files.map(({ path }, index) => `export * as file${index} from ${JSON.stringify(path)};`).join("\n");
  try {
    const result = await build({
      stdin: { contents: entry, resolveDir: cwd },
      absWorkingDir: cwd,
      bundle: true,
      write: false,
      platform: "node",
      target: "node20",
      format: "esm",
      sourcemap: "inline",
      conditions: [],
      logLevel: "silent",
      plugins: [emitted(files, cwd), ownRuntime(), packages(), ownPlace()],
    });
    return result.outputFiles[0]!.text;
  } catch (thrown) {
    throw isBuildFailure(thrown) ? cannotBundle(thrown) : thrown;
  }
}

async function importApp(path: string): Promise<unknown> {
  const app = captureAppOutput((text) => app.write(text));
  try {
    return await import(pathToFileURL(path).href);
  } catch (thrown) {
    const reason = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    throw new UserError(
      "environment",
      `A TypeScript module failed while it was loaded: ${reason}`,
      "Mend what it does at its top level.",
    );
  } finally {
    app.restore();
  }
}

function machinesIn(loaded: unknown): Machine[] {
  const modules = Object.values(loaded as { [file: string]: object });
  return modules.flatMap((exports) => Object.values(exports)).filter(isMachine);
}

function isMachine(value: unknown): value is Machine {
  return typeof value === "object" && value !== null && "states" in value && "workflow" in value && "module" in value;
}

/**
 * The compiled files are known by the paths that a build would have written them to; what they import is looked up from
 * the folders of their sources, because those of a build may not exist.
 */
function emitted(files: readonly EmittedFile[], cwd: string): Plugin {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    name: "emitted",
    setup(esbuild) {
      esbuild.onResolve({ filter: /^[./]/ }, (args) => {
        const isEmitted = byPath.has(args.importer);
        const path = resolve(isEmitted ? dirname(args.importer) : args.resolveDir, args.path);
        const wanted = path.replace(/\.js$/, ".ts");
        if (byPath.has(wanted)) return { path: wanted };
        return isEmitted ? resolved(esbuild, { ...args, path }) : null;
      });
      esbuild.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = byPath.get(path);
        if (file === undefined) return null;
        return { contents: withInlineMap(file), loader: "ts", resolveDir: dirname(resolve(cwd, file.source.path)) };
      });
    },
  };
}

/** One runtime in the process: what the app's modules see of an execution is what this command's worker says. */
function ownRuntime(): Plugin {
  return {
    name: "own-runtime",
    setup(esbuild) {
      esbuild.onResolve({ filter: /^@durablec\/runtime(\/|$)/ }, ({ path }) => ({
        path: import.meta.resolve(path),
        external: true,
      }));
      esbuild.onResolve({ filter: /^zod(\/|$)/ }, async (args) => {
        const resolveDir = dirname(fileURLToPath(import.meta.resolve("@durablec/runtime")));
        return asPackage(await resolved(esbuild, args)) ?? asPackage(await resolved(esbuild, { ...args, resolveDir }));
      });
    },
  };
}

/** Packages are not bundled: they are loaded from where they are, as Node would. */
function packages(): Plugin {
  return {
    name: "packages",
    setup(esbuild) {
      esbuild.onResolve({ filter: /^[^./]/ }, async (args) => asPackage(await resolved(esbuild, args)));
    },
  };
}

const alreadyAsked = { alreadyAsked: true };

async function resolved(esbuild: PluginBuild, args: OnResolveArgs): Promise<OnResolveResult | null> {
  if (args.pluginData === alreadyAsked) return null;
  const { importer, resolveDir, kind } = args;
  return esbuild.resolve(args.path, { importer, resolveDir, kind, pluginData: alreadyAsked });
}

function asPackage(found: OnResolveResult | null): OnResolveResult | null {
  if (found?.path === undefined || (found.errors?.length ?? 0) > 0) return null;
  return /[\\/]node_modules[\\/]/.test(found.path) ? { path: pathToFileURL(found.path).href, external: true } : null;
}

const loaders: { readonly [extension: string]: Loader } = { ".ts": "ts", ".mts": "ts", ".js": "js", ".mjs": "js" };

/** The app's modules go on standing where they are written: they may read files beside themselves. */
function ownPlace(): Plugin {
  return {
    name: "own-place",
    setup({ onLoad }) {
      onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => {
        const place: { readonly [name: string]: string } = {
          url: pathToFileURL(path).href,
          dirname: dirname(path),
          filename: path,
        };
        const text = await readFile(path, "utf8");
        const contents = text.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name: string) =>
          JSON.stringify(place[name]),
        );
        return { contents, loader: loaders[extname(path)]! };
      });
    },
  };
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && "errors" in thrown && Array.isArray(thrown.errors);
}

function cannotBundle({ errors }: BuildFailure): UserError {
  const [first] = errors;
  const place = first?.location ? `${relative(process.cwd(), first.location.file)}:${first.location.line}: ` : "";
  return new UserError(
    "environment",
    `A TypeScript module cannot be loaded: ${place}${first?.text ?? ""}`,
    "Mend it, and run again.",
  );
}
