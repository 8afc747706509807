import type { VitePlugin } from "unplugin";
import type { DurableOptions } from "./options.ts";
import { plugin } from "./plugin.ts";

export type { DurableOptions } from "./options.ts";

/** The plugin for Vite, for `plugins` in vite.config.ts. */
export function durable(options: DurableOptions = {}): VitePlugin {
  return plugin.vite(options) as VitePlugin;
}
