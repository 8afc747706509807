/** When a failed attempt is made again. */
import type { Machine, RetryOptions, StepOptions } from "../machine.ts";

const DEFAULT_BASE_MS = 1000;
const DEFAULT_MAX_MS = 30_000;
const JITTER = 0.25;

/** The retry options in force for a step: its own, else its workflow's. */
export function retryOf(machine: Machine, step: StepOptions): RetryOptions {
  return step.retry ?? machine.retry ?? {};
}

/** True when the budget allows another attempt after failure `attempt` (from 1). */
export function mayRetry(retry: RetryOptions, attempt: number): boolean {
  return attempt < (retry.maxAttempts ?? 1);
}

/** Milliseconds to wait after failure `attempt` (from 1), moved by up to ±25 %; `chance` is in [0, 1). */
export function backoffMs(retry: RetryOptions, attempt: number, chance: number): number {
  const base = retry.base ?? DEFAULT_BASE_MS;
  const max = retry.maxBackoff ?? DEFAULT_MAX_MS;
  const delays = {
    exponential: () => Math.min(2 ** attempt * base, max),
    linear: () => Math.min(attempt * base, max),
    constant: () => base,
  };
  const delay = delays[retry.backoff ?? "exponential"]();
  return Math.round(delay * (1 - JITTER + 2 * JITTER * chance));
}
