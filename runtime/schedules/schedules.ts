/** Schedules, an entry point of its own: `import { startScheduler } from "@durablec/runtime/schedules"`. */
export type { Schedule, ScheduleChanges, ScheduleFilter } from "../store/schedules.ts";
export { type Schedules, schedulesOf } from "./client.ts";
export type { ScheduleOptions } from "./registration.ts";
export { type Scheduler, type SchedulerOptions, startScheduler } from "./scheduler.ts";
