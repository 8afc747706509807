/** Options as they were given. */
import { UsageError } from "./failure.ts";

export function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Throws a `UsageError` for what is no number. */
export function number(value: unknown): number | undefined {
  if (value === undefined || Number.isFinite(value)) return value as number | undefined;
  throw new UsageError("An option that has to be a number is none.", "Look at --help for the options.");
}

/** Without those that were not given. */
export function given<T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
