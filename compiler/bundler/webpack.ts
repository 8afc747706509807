import type { WebpackPluginInstance } from "unplugin";
import type { DurableOptions } from "./options.ts";
import { plugin } from "./plugin.ts";

export type { DurableOptions } from "./options.ts";

/** The plugin for webpack, for `plugins` in webpack.config.js. */
export function durable(options: DurableOptions = {}): WebpackPluginInstance {
  return plugin.webpack(options);
}
