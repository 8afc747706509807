/** Schedules as a client handles them. */
import type { Durable } from "../client/durable.ts";
import { DurableError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Data } from "../json.ts";
import type { Machine } from "../machine.ts";
import { refuseOversize } from "../payload.ts";
import type { Schedule, ScheduleChanges, ScheduleFilter } from "../store/schedules.ts";
import type { TraceContext } from "../telemetry.ts";
import { nextRun } from "./cron.ts";
import { registrationOf, type ScheduleOptions } from "./registration.ts";

export interface Schedules {
  /** Throws `schedule_exists`, `invalid_cron` and `invalid_timezone`. The name is the workflow's unless given. */
  create(machine: Machine, options: ScheduleOptions): Promise<Schedule>;
  /** By name, 100 unless `limit` says otherwise. */
  list(filter?: Partial<ScheduleFilter>): Promise<readonly Schedule[]>;
  /** Null when there is none. */
  get(name: string): Promise<Schedule | null>;
  /** The next run follows from a new cron or time zone at once. Throws `unknown_schedule`, as the following do. */
  update(name: string, changes: Omit<ScheduleChanges, "nextRunAt">): Promise<Schedule>;
  /** From now on: what was missed while it was off is not made up for. */
  enable(name: string): Promise<Schedule>;
  disable(name: string): Promise<Schedule>;
  delete(name: string): Promise<void>;
  /** Starts it now, enabled or not; the id of the execution. */
  trigger(name: string, input?: Data): Promise<string>;
}

const PAGE = 100;

export function schedulesOf(durable: Durable): Schedules {
  const { store, settings } = durable.parts;

  async function change(name: string, changes: ScheduleChanges): Promise<Schedule> {
    const before = (await store.getSchedule(name)) ?? unknown(name);
    const { cron, timezone } = { ...before, ...changes };
    const moved = cron !== before.cron || timezone !== before.timezone || changes.enabled === true;
    const next = moved ? { nextRunAt: nextRun(cron, timezone, await store.now()) } : {};
    return (await store.updateSchedule(name, { ...changes, ...next })) ?? unknown(name);
  }

  return {
    create: async (machine, options) => {
      const schedule = registrationOf(machine, options, await store.now());
      refuseOversize(schedule.input, `the input of the schedule ${schedule.name}`, settings.maxPayloadBytes);
      if ((await store.getSchedule(schedule.name)) !== null) {
        const message = `There is a schedule ${schedule.name} already.`;
        throw new DurableError("schedule_exists", message, "Update it, or give the new one a name.");
      }
      await store.upsertSchedules([schedule]);
      return (await store.getSchedule(schedule.name)) ?? unknown(schedule.name);
    },
    list: (filter = {}) => store.listSchedules({ limit: PAGE, ...filter }),
    get: (name) => store.getSchedule(name),
    update: change,
    enable: (name) => change(name, { enabled: true }),
    disable: (name) => change(name, { enabled: false }),
    delete: async (name) => {
      if (!(await store.deleteSchedule(name))) unknown(name);
    },
    trigger: async (name, input) => {
      const id = newId();
      const { module, workflow, queue } = (await store.getSchedule(name)) ?? unknown(name);
      refuseOversize(input ?? {}, `the input for the schedule ${name}`, settings.maxPayloadBytes);
      const of = { module, workflow, queue };
      const start = (trace: TraceContext | null) => store.triggerSchedule(name, id, input ?? null, trace);
      if (!(await settings.telemetry.starting(of, start))) unknown(name);
      settings.telemetry.started(of);
      return id;
    },
  };
}

function unknown(name: string): never {
  throw new DurableError("unknown_schedule", `There is no schedule ${name}.`, "Look at `durable schedules`.");
}
