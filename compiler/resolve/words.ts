/** What each `use` brings in. */

export const workflowWords = "Durable";
export const schedulerWords = "Durable.Scheduler.DSL";

/** The modules that can be used; each brings in the functions of the built-in module of its name. */
export const usable: readonly string[] = [
  workflowWords,
  "Durable.Helpers",
  "Durable.Context",
  "Durable.Wait",
  "Durable.Orchestration",
  schedulerWords,
];

/** In effect without a `use`. */
export const alwaysUsed = "Kernel";
