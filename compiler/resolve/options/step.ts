import type { Compensate, Expr, Name, Step } from "../../ast/nodes.ts";
import { mismatch } from "../../diagnostics/catalog/type.ts";
import type { RetryPolicy, StepOptions } from "../resolved.ts";
import { report, type Unit } from "../unit.ts";
import {
  atomName,
  duration,
  keywordOptions,
  oneOf,
  type Reader,
  readOptions,
  type Schema,
  text,
  wholeNumber,
} from "./read.ts";

interface WrittenRetry {
  readonly max_attempts: number;
  readonly backoff: "exponential" | "linear" | "constant";
  readonly base: number;
  readonly max_backoff: number;
}

const retrySchema: Schema<WrittenRetry> = {
  max_attempts: wholeNumber(1),
  backoff: oneOf("exponential", "linear", "constant"),
  base: duration,
  max_backoff: duration,
};

/** `[max_attempts: 3, backoff: :linear]`, or a constant that is such a list. */
const retry: Reader<RetryPolicy> = (value, name, unit) => {
  const options = keywordOptions(constantNamed(value, unit) ?? value);
  if (!options) {
    const expected = "a list such as `[max_attempts: 3]`";
    report(unit, mismatch, value.span, { what: `\`${name}:\``, expected, actual: "something else" });
    return undefined;
  }
  const { max_attempts = 1, backoff, base, max_backoff } = readOptions(options, retrySchema, "`retry:`", unit);
  return {
    maxAttempts: max_attempts,
    ...(backoff && { backoff }),
    ...(base !== undefined && { base }),
    ...(max_backoff !== undefined && { maxBackoff: max_backoff }),
  };
};

function constantNamed(value: Expr, { environment }: Unit): Expr | null {
  return value.kind === "constantRef" ? (environment.module.constants.get(value.name)?.value ?? null) : null;
}

interface WrittenStep {
  readonly retry: RetryPolicy;
  readonly timeout: number;
  readonly compensate: Name;
  readonly queue: string;
}

const stepSchema: Schema<WrittenStep> = { retry, timeout: duration, compensate: atomName, queue: text };

const branchSchema: Schema<WrittenStep & { readonly returns: string }> = { ...stepSchema, returns: text };

const compensationSchema: Schema<Pick<WrittenStep, "retry" | "timeout">> = { retry, timeout: duration };

/** The names of options, by what they belong to. */
export const stepOptionNames: readonly string[] = Object.keys(stepSchema);
export const branchOptionNames: readonly string[] = Object.keys(branchSchema);
export const compensationOptionNames: readonly string[] = Object.keys(compensationSchema);
export const retryOptionNames: readonly string[] = Object.keys(retrySchema);

/** `returns:` names the result of a branch of a parallel block, and means nothing elsewhere. */
export function readStepOptions(step: Step, inParallel: boolean, unit: Unit): StepOptions {
  const owner = step.variant === "decision" ? "A decision" : "A step";
  return inParallel
    ? toStepOptions(readOptions(step.options, branchSchema, "A step of a parallel block", unit))
    : toStepOptions(readOptions(step.options, stepSchema, owner, unit));
}

export function readCompensationOptions(compensate: Compensate, unit: Unit): StepOptions {
  return toStepOptions(readOptions(compensate.options, compensationSchema, "A compensation", unit));
}

function toStepOptions({ timeout, ...rest }: Partial<WrittenStep & { returns: string }>): StepOptions {
  return { ...rest, ...(timeout !== undefined && { timeoutMs: timeout }) };
}
