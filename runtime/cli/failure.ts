/** How a command ends that could not do its work. */
import { DurableError } from "../errors.ts";
import { StoreError } from "../store/errors.ts";

/** Exit code of bad usage: unknown options, JSON that is none, files that are not there. */
export const USAGE = 2;

const FAILED = 1;

/** A mistake in how the command was called. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(
    message: string,
    readonly help: string,
  ) {
    super(message);
  }
}

/** Says what went wrong and gives the exit code. Only a defect of our own shows a stack trace. */
export function reportFailure(thrown: unknown): number {
  if (thrown instanceof UsageError || thrown instanceof DurableError || thrown instanceof StoreError) {
    process.stderr.write(`error: ${thrown.message}\nhelp: ${thrown.help}\n`);
    return thrown instanceof UsageError ? USAGE : FAILED;
  }
  const trace = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  process.stderr.write(`internal error: durable itself has failed.\n${trace}\nhelp: Please report this.\n`);
  return FAILED;
}
