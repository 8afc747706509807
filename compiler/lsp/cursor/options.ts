/** Which options may be given to what is being written. */
import { callOptions } from "../../resolve/options/call.ts";
import { scheduleOptionNames } from "../../resolve/options/schedule.ts";
import {
  branchOptionNames,
  compensationOptionNames,
  retryOptionNames,
  stepOptionNames,
} from "../../resolve/options/step.ts";
import { parallelOptionNames, workflowOptionNames } from "../../resolve/options/workflow.ts";
import type { OptionOwner } from "../names/symbol.ts";
import type { OpenCall } from "./frames.ts";

export interface KnownOptions {
  readonly owner: OptionOwner["kind"];
  readonly names: readonly string[];
}

const byWord: { readonly [word: string]: KnownOptions | undefined } = {
  workflow: { owner: "workflow", names: workflowOptionNames },
  step: { owner: "step", names: stepOptionNames },
  decision: { owner: "decision", names: stepOptionNames },
  compensate: { owner: "compensate", names: compensationOptionNames },
  parallel: { owner: "parallel", names: parallelOptionNames },
  retry: { owner: "retry", names: retryOptionNames },
  schedule: { owner: "schedule", names: scheduleOptionNames },
};

/** How many arguments come before the options. */
const positional: { readonly [word: string]: number | undefined } = {
  workflow: 1,
  step: 1,
  decision: 1,
  compensate: 1,
  call_workflow: 2,
  start_workflow: 2,
  next_business_day: 0,
  end_of_day: 0,
};

/** Null where no option may stand. */
export function optionsFor(
  { name, module, argument, listAt, keys }: OpenCall,
  blocks: readonly string[],
): KnownOptions | null {
  if (module !== null) return null;
  const names = callOptions[name];
  const known = byWord[name] ?? (names ? { owner: "call" as const, names } : undefined);
  if (!known) return null;
  const before = byWord[name] ? (positional[name] ?? 0) : (positional[name] ?? 1);
  if (listAt === null && argument < before) return null;
  const inParallel = name === "step" && blocks[0] === "parallel";
  const all = inParallel ? branchOptionNames : known.names;
  return { owner: known.owner, names: all.filter((each) => !keys.includes(each)) };
}
