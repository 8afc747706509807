/** Which of the compiled workflows `run` starts. */
import type { Machine } from "@durablec/runtime";
import { suggest } from "../../diagnostics/suggest.ts";
import { UserError } from "../../project/user-error.ts";

/**
 * The one that `wanted` names, as `Module` or `Module/workflow`; without it, the one that no other calls or starts.
 * Throws a `UserError` that lists the choices.
 */
export function chooseMachine(machines: readonly Machine[], wanted: string | undefined): Machine {
  if (machines.length === 0)
    throw new UserError("usage", "There is no workflow in these files.", "Name files that declare one.");
  if (wanted !== undefined) return named(machines, wanted);
  const called = new Set(
    machines.flatMap((machine) => machine.children?.().filter((child) => child !== machine) ?? []),
  );
  const [first, ...others] = machines.filter((machine) => !called.has(machine));
  if (first !== undefined && others.length === 0) return first;
  const problem =
    first === undefined ? "Every workflow here is called by another" : "Several workflows here are called by no other";
  throw new UserError(
    "usage",
    `${problem}, so say which to run.`,
    choices(first === undefined ? machines : [first, ...others]),
  );
}

/** `Module/workflow`, the name that the command line uses. */
export function nameOf({ module, workflow }: Pick<Machine, "module" | "workflow">): string {
  return `${module}/${workflow}`;
}

function named(machines: readonly Machine[], wanted: string): Machine {
  const found = machines.find((machine) => machine.module === wanted || nameOf(machine) === wanted);
  if (found !== undefined) return found;
  const near = suggest(
    wanted,
    machines.flatMap((machine) => [machine.module, nameOf(machine)]),
  );
  const help = near === null ? choices(machines) : `Did you mean --workflow ${near}?`;
  throw new UserError("usage", `There is no workflow ${wanted} in these files.`, help);
}

function choices(machines: readonly Machine[]): string {
  return ["Choose one:", ...machines.map((machine) => `  --workflow ${nameOf(machine)}`)].join("\n");
}
