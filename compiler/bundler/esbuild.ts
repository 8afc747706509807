import type { EsbuildPlugin } from "unplugin";
import type { DurableOptions } from "./options.ts";
import { plugin } from "./plugin.ts";

export type { DurableOptions } from "./options.ts";

/** The plugin for esbuild, for `plugins` in the options of a build. */
export function durable(options: DurableOptions = {}): EsbuildPlugin {
  return plugin.esbuild(options);
}
