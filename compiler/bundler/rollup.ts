import type { RollupPlugin } from "unplugin";
import type { DurableOptions } from "./options.ts";
import { plugin } from "./plugin.ts";

export type { DurableOptions } from "./options.ts";

/** The plugin for Rollup, for `plugins` in rollup.config.js. */
export function durable(options: DurableOptions = {}): RollupPlugin {
  return plugin.rollup(options);
}
