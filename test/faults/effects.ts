/** The outside world of the fault tests: it keeps a record of what was done to it. */
import { appendFileSync } from "node:fs";

/** One line in the file `EFFECTS` names, then a short turn of the event loop, so that a kill has something to hit. */
export async function note(execution: string, segment: string): Promise<void> {
  appendFileSync(process.env.EFFECTS ?? "/dev/null", `${execution} ${segment}\n`);
  await new Promise((resolve) => setTimeout(resolve, 5));
}

const printed = new Set<string>();

/** True the first time that this process is asked about an execution. */
export function jams(execution: string): boolean {
  if (printed.has(execution)) return false;
  printed.add(execution);
  return true;
}
