/** Every command, in the order in which help lists them. */
import type { OperationCommand } from "../options.ts";
import { executionCommands } from "./executions.ts";
import { scheduleCommands } from "./schedules.ts";
import { systemCommands } from "./system.ts";
import { upkeepCommands } from "./upkeep.ts";
import { waitCommands } from "./waits.ts";

export const commands: readonly OperationCommand[] = [
  ...systemCommands,
  ...executionCommands,
  ...waitCommands,
  ...scheduleCommands,
  ...upkeepCommands,
];
