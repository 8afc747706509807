/** How a command ends that could not do its work. */
import { UserError } from "../project/user-error.ts";
import type { Terminal } from "./terminal.ts";

/** Exit code of bad usage: unknown options, paths that are not there, JSON that is none. */
export const USAGE = 2;

const FAILED = 1;

/** Says what went wrong and gives the exit code. Only a defect of our own shows a stack trace. */
export function reportFailure(thrown: unknown, terminal: Terminal): number {
  const { colors, note } = terminal;
  if (thrown instanceof UserError) {
    note(`${colors.red(colors.bold("error:"))} ${thrown.message}\n${colors.green("help:")} ${thrown.help}`);
    return thrown.kind === "usage" ? USAGE : FAILED;
  }
  note(`${colors.red(colors.bold("internal error:"))} durablec itself has failed; your code is not to blame.`);
  note(colors.dim(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)));
  note(`${colors.green("help:")} Please report this, with the lines above and the source that led to it.`);
  return FAILED;
}
