/** Finds the machines in compiled modules. */
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Machine } from "../machine.ts";
import { UsageError } from "./failure.ts";

/** Every machine that the modules export. Throws a `UsageError` that names the module it could not load. */
export async function loadMachines(paths: readonly string[]): Promise<Machine[]> {
  const modules = await Promise.all(paths.map(load));
  return modules.flat();
}

async function load(path: string): Promise<Machine[]> {
  if (extname(path) === ".ts") {
    throw new UsageError(
      `${path} is TypeScript, which Node does not run.`,
      "Name the JavaScript that your build makes of it.",
    );
  }
  const machines = Object.values(await imported(path)).filter(isMachine);
  if (machines.length > 0) return machines;
  throw new UsageError(`${path} exports no workflow.`, "Name a module that `durablec build` has generated.");
}

async function imported(path: string): Promise<object> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as object;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`${path} cannot be loaded: ${reason}`, "Check the path; it starts from the current folder.");
  }
}

function isMachine(value: unknown): value is Machine {
  return typeof value === "object" && value !== null && "states" in value && "workflow" in value && "module" in value;
}
