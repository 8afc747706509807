import type { Parallel, Workflow } from "../../ast/nodes.ts";
import { intoDecides } from "../../diagnostics/catalog/flow.ts";
import type { ParallelOptions, WorkflowOptions } from "../resolved.ts";
import { report, type Unit } from "../unit.ts";
import { duration, oneOf, readOptions, type Schema, text, texts, wholeNumber } from "./read.ts";

interface WrittenWorkflow {
  readonly timeout: number;
  readonly max_retries: number;
  readonly queue: string;
  readonly tags: readonly string[];
}

const workflowSchema: Schema<WrittenWorkflow> = {
  timeout: duration,
  max_retries: wholeNumber(0),
  queue: text,
  tags: texts,
};

/** With what is read as a type and as a function. */
export const workflowOptionNames: readonly string[] = ["input", ...Object.keys(workflowSchema)];

/** `max_retries: n` is one attempt and n more. */
export function readWorkflowOptions(workflow: Workflow, unit: Unit): WorkflowOptions {
  const { timeout, max_retries, ...rest } = readOptions(workflow.options, workflowSchema, "A workflow", unit);
  return {
    ...rest,
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(max_retries !== undefined && { retry: { maxAttempts: max_retries + 1 } }),
  };
}

interface WrittenParallel {
  readonly on_error: ParallelOptions["onError"];
  readonly run: ParallelOptions["run"];
}

const parallelSchema: Schema<WrittenParallel> = {
  on_error: oneOf("fail_fast", "complete_all"),
  run: oneOf("inline", "queued"),
};

export const parallelOptionNames: readonly string[] = ["into", ...Object.keys(parallelSchema)];

/** With `into:` all branches run to their end, whatever becomes of them. */
export function readParallelOptions(parallel: Parallel, unit: Unit): ParallelOptions {
  const { on_error, run = "inline" } = readOptions(parallel.options, parallelSchema, "`parallel`", unit);
  if (!parallel.into) return { onError: on_error ?? "fail_fast", run };
  const option = parallel.options.find(({ name }) => name.text === "on_error");
  if (on_error === "fail_fast" && option) report(unit, intoDecides, option.value.span, undefined);
  return { onError: "complete_all", run };
}
