/** Builds the workflows of the benchmark as an app would, and imports what comes of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Machine } from "@durablec/runtime";
import { chain, child, event, fan, nap, pair } from "./text.ts";

const SOURCES = join(import.meta.dirname, "generated");

const TEXTS: { readonly [file: string]: string } = {
  chain1: chain(1),
  chain10: chain(10),
  chain100: chain(100),
  child: child(),
  fan100: fan(100),
  pair: pair(),
  event: event(),
  nap: nap(),
};

/** Writes and compiles them; once, before any engine is started. Whoever only runs them does not load the compiler, like an app. */
export async function buildMachines(): Promise<void> {
  const { compileProject, writeFiles } = await import("durablec");
  mkdirSync(SOURCES, { recursive: true });
  for (const [file, text] of Object.entries(TEXTS)) writeFileSync(join(SOURCES, `${file}.durable`), text);
  const built = await compileProject({
    paths: [SOURCES],
    cwd: import.meta.dirname,
    modules: {},
    strict: false,
    out: "generated",
  });
  const [error] = built.diagnostics.filter(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(`internal: ${error.location.source.path}: ${error.message}`);
  writeFiles(built.files);
}

/** By export name. */
export async function machine(file: string, name: string): Promise<Machine> {
  const module = (await import(pathToFileURL(join(SOURCES, `${file}.ts`)).href)) as {
    readonly [name: string]: Machine;
  };
  return module[name]!;
}
