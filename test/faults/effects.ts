/** The outside world of the fault tests: it keeps a record of what was done to it. */
import { appendFileSync } from "node:fs";
import { durableContext } from "@durablec/runtime";
import type { Record } from "./processes.ts";

let stopsIn = process.env.STOPS_IN;

/** One line in the file `EFFECTS` names, then a short turn of the event loop, so that a kill has something to hit. */
export async function note(execution: string, segment: string): Promise<void> {
  record({ is: "effect", execution, segment, key: durableContext().idempotencyKey, pid: process.pid, at: uptime() });
  if (segment === stopsIn) {
    stopsIn = "";
    process.kill(process.pid, "SIGSTOP");
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
}

/** On a line of its own, whatever became of the line before: whoever is killed while writing leaves a part of it. */
export function record(one: Record): void {
  appendFileSync(process.env.EFFECTS ?? "/dev/null", `\n${JSON.stringify(one)}`);
}

/** Milliseconds by the one clock that all processes of a machine share and nobody sets. */
export function uptime(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

const jammed = new Set<string>();

/** True the first time that this process is asked about something. */
export function jams(what: string): boolean {
  if (jammed.has(what)) return false;
  jammed.add(what);
  return true;
}
