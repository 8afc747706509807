/** Whether a value can be a workflow's input: a JSON map that fits what the workflow declares. */
import { isMap } from "./interpreter/failure.ts";
import { unpersistable } from "./interpreter/persistable.ts";
import type { z } from "zod";
import type { Machine } from "./machine.ts";

export interface InputIssue {
  /** Keys joined by dots; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** What does not fit; nothing when all does. */
export function inputIssues(machine: Machine, input: unknown): readonly InputIssue[] {
  if (!isMap(input)) return [{ path: "", message: "it has to be a map" }];
  const problem = unpersistable(input, "input");
  if (problem !== null) return [{ path: "", message: `it has to be JSON, but ${problem}` }];
  return issuesOf(machine.input, input);
}

/** What keeps a value from being of a declared type; nothing where none is declared. */
export function issuesOf(type: z.ZodType | undefined, value: unknown): readonly InputIssue[] {
  const checked = type?.safeParse(value);
  if (checked === undefined || checked.success) return [];
  return checked.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
}

/** The issues in one line. */
export function issuesText(issues: readonly InputIssue[]): string {
  return issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("; ");
}
