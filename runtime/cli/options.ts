/** What the options of a command come to. */

import { InvalidArgumentError } from "commander";
import { isStatus, STATUSES } from "../status.ts";
import type { Words } from "./completions/shape.ts";
import { UsageError } from "./failure.ts";
import type { Run } from "./operation.ts";

export type Option = readonly [flags: string, description: string, parse?: (text: string, before: unknown) => unknown];

/** A command as the table of commands has it. */
export interface OperationCommand {
  /** Name and arguments, as commander reads them. */
  readonly usage: string;
  readonly description: string;
  readonly options: readonly Option[];
  readonly run: Run;
  /** Creates the embedded database where there is none yet. */
  readonly creates?: boolean;
  /** What its first argument may be. */
  readonly actions?: readonly string[];
}

/** For an option that is a whole number. */
export const whole =
  (least = Number.MIN_SAFE_INTEGER) =>
  (text: string): number => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    const bound = least === Number.MIN_SAFE_INTEGER ? "" : `, ${least} or more`;
    throw new InvalidArgumentError(`Give a whole number${bound}.`);
  };

/** For an option that is a time, such as 2026-03-01T09:00:00Z. */
export function moment(text: string): Date {
  const value = new Date(text);
  if (!Number.isNaN(value.getTime())) return value;
  throw new InvalidArgumentError("Give a time such as 2026-03-01T09:00:00Z.");
}

/** For an option that may be repeated. */
export const several = (text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text];

export const WORKFLOWS: Option = ["--workflows <module>", "a compiled module, as JavaScript; may be repeated", several];

/** What completions offer. */
export function wordsOf(commands: readonly OperationCommand[]): Words {
  const actions = commands.flatMap(({ usage, actions: all }) =>
    all === undefined ? [] : [[`${usage.split(" ")[0]} <action>`, all] as const],
  );
  return { "<status>": STATUSES, ...Object.fromEntries(actions) };
}

/** For what is said to one of several things, such as `durable queues pause emails`, and is not understood. */
export function notUnderstood(said: readonly (string | undefined)[], example: string, actions: object): UsageError {
  const help = `Write it as durable ${example}; there are ${Object.keys(actions).join(", ")}.`;
  return new UsageError(`durable ${said.filter(Boolean).join(" ")} is not understood.`, help);
}

/** Throws a `UsageError` for a word that is no status. */
export function statuses(words: readonly string[]) {
  return words.map((word) => {
    if (isStatus(word)) return word;
    throw new UsageError(`There is no status ${word}.`, `It is one of: ${STATUSES.join(", ")}.`);
  });
}
