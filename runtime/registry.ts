/** The machines a client or worker knows: those it was given and the children they can reach. */
import { DurableError } from "./errors.ts";
import { resumeKeyOf } from "./interpreter/move.ts";
import type { Machine } from "./machine.ts";

export interface Registry {
  readonly machines: readonly Machine[];
  /** Null when no machine of this name is known. */
  find(module: string, workflow: string): Machine | null;
  /** A key for every state in which an execution of these machines can rest. */
  readonly resumeKeys: readonly string[];
}

/** Collects the machines and, through their children, every machine they may start. */
export function registryOf(given: readonly Machine[]): Registry {
  const known = new Map<string, Machine>();
  const queue = [...given];
  for (let machine = queue.pop(); machine !== undefined; machine = queue.pop()) {
    if (add(known, machine)) queue.push(...(machine.children?.() ?? []));
  }
  const machines = [...known.values()];
  return {
    machines,
    find: (module, workflow) => known.get(workflowKey({ module, workflow })) ?? null,
    resumeKeys: machines.flatMap((machine) => [resumeKeyOf(machine, null)!, ...Object.values(machine.resumeKeys)]),
  };
}

/** False when it is known already. */
function add(known: Map<string, Machine>, machine: Machine): boolean {
  const same = known.get(workflowKey(machine));
  if (same === undefined) known.set(workflowKey(machine), machine);
  else if (same.fingerprint !== machine.fingerprint) throw conflict(same, machine);
  return same === undefined;
}

/** Names one workflow among all; there is no slash in the name of a module. */
export function workflowKey({ module, workflow }: Pick<Machine, "module" | "workflow">): string {
  return `${module}/${workflow}`;
}

function conflict(one: Machine, other: Machine): DurableError {
  return new DurableError(
    "workflow_conflict",
    `Two different builds of ${one.module} "${one.workflow}" were given, from ${one.source} and ${other.source}.`,
    "Import each generated module once, from one build.",
  );
}
