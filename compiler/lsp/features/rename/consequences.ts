/** What a rename means for executions that are under way: names are part of what they rest by. */
import type { Step } from "../../../ast/nodes.ts";
import type { StateIr } from "../../../ir/machine.ts";
import type { ResolvedWorkflow } from "../../../resolve/resolved.ts";
import type { Snapshot } from "../../../session.ts";
import type { NameSymbol } from "../../names/symbol.ts";

/** Null when nothing that rests in a database bears the name. */
export function consequences(symbol: NameSymbol, snapshot: Snapshot): string | null {
  switch (symbol.kind) {
    case "step": {
      const { text } = symbol.step.name;
      const key = givesKey(symbol.step, symbol.workflow, snapshot)
        ? ` Its result in the data is no longer \`${text}\`.`
        : "";
      return `${resting(`in \`:${text}\``)}${key}`;
    }
    case "compensation":
      return resting(`while \`:${symbol.compensation.name.text}\` may still have to run`);
    case "workflow":
      return resting(`in \`${symbol.workflow.name}\``);
    case "module": {
      const { name, workflows } = symbol.module;
      const children = "Calls without a `ref:` name their child after the module, and would start another one.";
      return workflows.length === 0 ? null : `${resting(`in a workflow of \`${name}\``)} ${children}`;
    }
    case "function": {
      const { name } = symbol.function;
      const waits = states(snapshot).some(({ id }) => id.includes(`/${name}@`));
      return waits ? resting(`at a wait in \`${name}\``) : null;
    }
    case "local": {
      const { id, name } = symbol.local;
      const isSaved = states(snapshot).some(
        (state) => state.kind === "resume" && state.saved.some((local) => local.id === id),
      );
      return isSaved ? resting(`at a wait that \`${name}\` is saved across`) : null;
    }
    default:
      return null;
  }
}

/** None while there are errors. */
function states({ lower }: Snapshot): StateIr[] {
  const modules = [...(lower?.().modules.values() ?? [])];
  return modules.flatMap(({ machines }) => machines.flatMap((machine) => machine.states));
}

/** A step of a parallel block leaves its result under its own name, unless `returns:` says another. */
function givesKey(step: Step, { ast }: ResolvedWorkflow, { program }: Snapshot): boolean {
  const isNamed = program.resolved.stepOptions.get(step)?.returns !== undefined;
  return !isNamed && ast.items.some((item) => item.kind === "parallel" && item.items.includes(step));
}

function resting(where: string): string {
  return `Executions that rest ${where} are known by the old name: only workers with the old code can carry them on.`;
}
