/** Where in the source an error came from: stored with the error, shown to people, and not told to the program. */
import type { Machine, StateId } from "../machine.ts";
import type { ErrorSource, ExecutionError } from "../store/store.ts";

/** The error with its place. One that has a `source`, the program's own or a more exact one, keeps that. */
export function placed(error: ExecutionError, source: ErrorSource | null): ExecutionError {
  return source === null || "source" in error ? error : { ...error, source };
}

/** The error as the language sees it: where a child's code failed is not part of what its parent compares and shows. */
export function unplaced(error: ExecutionError): ExecutionError {
  if (sourceOf(error) === null) return error;
  const { source: _, ...rest } = error;
  return rest;
}

/** Null for an error without a place, and for one whose `source` means something else. */
export function sourceOf({ source }: ExecutionError): ErrorSource | null {
  const isPlace = typeof source?.file === "string" && Number.isInteger(source.line) && "column" in source;
  return isPlace ? source : null;
}

/** The line a state begins in; null for what is no state. */
export function sourceOfState(machine: Machine, id: StateId | null): ErrorSource | null {
  const state = id === null ? undefined : machine.states[id];
  return state === undefined ? null : { file: machine.source, line: state.line, column: null };
}

export function sourceOfCompensation(machine: Machine, name: string): ErrorSource | null {
  const line = machine.compensations?.[name]?.line;
  return line === undefined ? null : { file: machine.source, line, column: null };
}
