/** `ScheduleOperations` on Postgres. */
import type { ScheduleOperations } from "../schedules.ts";
import type { Database } from "./database.ts";
import type { Hints } from "./hints.ts";
import { failSchedule } from "./queries/fail-schedule.ts";
import { fireSchedules } from "./queries/fire-schedules.ts";
import {
  deleteSchedule,
  dueSchedules,
  getSchedule,
  listSchedules,
  nextSchedule,
  updateSchedule,
  upsertSchedules,
} from "./queries/schedules.ts";
import { triggerSchedule } from "./queries/trigger-schedule.ts";

export function scheduleOperations(database: Database, hint: Hints): ScheduleOperations {
  return {
    upsertSchedules: (schedules) => upsertSchedules(database, schedules),
    listSchedules: (filter) => listSchedules(database, filter),
    getSchedule: (name) => getSchedule(database, name),
    updateSchedule: (name, changes) => updateSchedule(database, name, changes),
    deleteSchedule: (name) => deleteSchedule(database, name),
    triggerSchedule: async (name, executionId, input, trace = null) => {
      const triggered = await triggerSchedule(database, name, executionId, input, trace);
      hint.send(triggered.hint);
      return triggered.found;
    },
    dueSchedules: (limit) => dueSchedules(database, limit),
    fireSchedules: async (firings) => {
      const fired = await fireSchedules(database, firings);
      hint.send(fired.hint);
      return fired.results;
    },
    failSchedule: (failure) => failSchedule(database, failure),
    nextSchedule: () => nextSchedule(database),
  };
}
