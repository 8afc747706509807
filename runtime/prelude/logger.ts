/** `Logger`: lines of the step's log. A message is a text, a function that gives one, or a value to be shown. */

import type { Io } from "../io.ts";
import type { Dynamic } from "../json.ts";
import { elements } from "./core/elements.ts";
import { inspect } from "./core/inspect.ts";
import { mapOf } from "./core/map.ts";
import { pair } from "./enum/combine.ts";

type Level = "debug" | "info" | "warning" | "error";
type Log = (io: Io, message: Dynamic, metadata?: Dynamic) => "ok";

const at =
  (level: Level): Log =>
  (io, message, metadata = []) =>
    io.log(level, messageText(message), mapOf(elements(metadata).map(pair)));

function messageText(message: Dynamic): string {
  const value = typeof message === "function" ? message() : message;
  return typeof value === "string" ? value : inspect(value);
}

export const debug = at("debug");
export const info = at("info");
export const notice = at("info");
export const warn = at("warning");
export const warning = at("warning");
export const error = at("error");
export const critical = at("error");
export const alert = at("error");
export const emergency = at("error");

/** At a level that is given. */
export function log(io: Io, level: Dynamic, message: Dynamic, metadata: Dynamic = []): "ok" {
  return (LEVELS[level] ?? error)(io, message, metadata);
}

const LEVELS: { readonly [level: string]: Log } = { debug, info, notice, warn, warning };
