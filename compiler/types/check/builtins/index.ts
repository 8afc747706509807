/** The built-in functions whose result is more than their signature says, or that write to the context. */
import type { BuiltIns } from "./built-in.ts";
import { contextBuiltIns } from "./context.ts";
import { kernelBuiltIns } from "./kernel.ts";
import { mapBuiltIns } from "./maps.ts";
import { orchestrationBuiltIns } from "./orchestration.ts";
import { waitBuiltIns } from "./waits.ts";

export const builtIns: BuiltIns = {
  ...contextBuiltIns,
  ...kernelBuiltIns,
  ...mapBuiltIns,
  ...orchestrationBuiltIns,
  ...waitBuiltIns,
};
