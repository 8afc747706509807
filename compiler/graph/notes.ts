/** The options of workflows and their items, in words. */
import type { Compensate, Parallel, Step } from "../ast/nodes.ts";
import { durationText } from "../diagnostics/wording.ts";
import type { ResolvedProgram, ResolvedWorkflow, RetryPolicy, StepOptions } from "../resolve/resolved.ts";

export function workflowNotes({ schedules, options }: ResolvedWorkflow): string[] {
  const { timeoutMs, retry, queue } = options;
  return [
    ...schedules.flatMap(({ options: written }) => {
      const cron = written.find(({ name }) => name.text === "cron")?.value;
      return cron?.kind === "literal" ? [`starts at ${cron.value}`] : ["starts by the clock"];
    }),
    ...(retry === undefined ? [] : [`each step ${retryText(retry)}`]),
    ...limits({ timeoutMs, queue }),
  ];
}

export function stepNotes(step: Step, { stepOptions }: ResolvedProgram): string[] {
  const options = stepOptions.get(step) ?? {};
  return [...limits(options), ...(options.returns === undefined ? [] : [`returns ${options.returns}`])];
}

export function compensationNotes(item: Compensate, { stepOptions }: ResolvedProgram): string[] {
  return limits(stepOptions.get(item) ?? {});
}

export function parallelNotes(parallel: Parallel, { parallelOptions }: ResolvedProgram): string[] {
  const { run, onError } = parallelOptions.get(parallel) ?? { run: "inline", onError: "fail_fast" };
  return [run, ...(onError === "complete_all" ? ["all run to their end"] : [])];
}

type Limits = { readonly [Option in "timeoutMs" | "retry" | "queue"]?: StepOptions[Option] | undefined };

function limits({ timeoutMs, retry, queue }: Limits): string[] {
  return [
    ...(retry === undefined ? [] : [retryText(retry)]),
    ...(timeoutMs === undefined ? [] : [`timeout ${durationText(timeoutMs)}`]),
    ...(queue === undefined ? [] : [`queue ${queue}`]),
  ];
}

function retryText({ maxAttempts, backoff }: RetryPolicy): string {
  const attempts = maxAttempts === 1 ? "1 attempt" : `up to ${maxAttempts} attempts`;
  return backoff === undefined || maxAttempts === 1 ? attempts : `${attempts}, ${backoff}`;
}
