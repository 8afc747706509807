/** From a machine and a wish to a schedule's row. */
import { resumeKeyOf } from "../interpreter/move.ts";
import type { Machine, ScheduleDefinition } from "../machine.ts";
import type { ScheduleRegistration } from "../store/schedules.ts";
import { nextRun } from "./cron.ts";

/** How a schedule is wished for: as in `@schedule`, and what only a client can say. */
export interface ScheduleOptions extends ScheduleDefinition {
  readonly priority?: number;
  /** Default true. */
  readonly enabled?: boolean;
}

/** `now` is `durable.now()`. Throws `invalid_cron` and `invalid_timezone`. */
export function registrationOf(machine: Machine, options: ScheduleOptions, now: string): ScheduleRegistration {
  const { cron, name = machine.workflow, timezone = "Etc/UTC", input = {}, queue, overlap = "allow" } = options;
  return {
    name,
    module: machine.module,
    workflow: machine.workflow,
    state: machine.start,
    resumeKey: resumeKeyOf(machine, machine.start),
    cron,
    timezone,
    input,
    queue: queue ?? machine.queue ?? "default",
    priority: options.priority ?? 0,
    timeoutMs: machine.timeoutMs ?? null,
    overlap,
    enabled: options.enabled ?? true,
    nextRunAt: nextRun(cron, timezone, now),
  };
}
