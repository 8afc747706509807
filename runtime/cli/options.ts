/** What the options of a command come to. */
import { isStatus, STATUSES } from "../status.ts";
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
}

/** For an option that may be repeated. */
export const several = (text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text];

export const WORKFLOWS: Option = ["--workflows <module>", "a compiled module, as JavaScript; may be repeated", several];

export function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Throws a `UsageError` for what is no number. */
export function number(value: unknown): number | undefined {
  if (value === undefined || Number.isFinite(value)) return value as number | undefined;
  throw new UsageError("An option that has to be a number is none.", "Look at --help for the options.");
}

/** Throws a `UsageError` for a word that is no status. */
export function statuses(words: readonly string[]) {
  return words.map((word) => {
    if (isStatus(word)) return word;
    throw new UsageError(`There is no status ${word}.`, `It is one of: ${STATUSES.join(", ")}.`);
  });
}

/** Without those that were not given. */
export function given<T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
