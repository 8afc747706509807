/** `IO`, exported as `StdIo`: it writes to the step's log. */

import type { Io } from "../io.ts";
import type { Dynamic } from "../json.ts";
import { at } from "./core/access.ts";
import { inspect as show } from "./core/inspect.ts";
import { text } from "./core/text.ts";

/** A value as text; a device before it, such as `:stderr`, is ignored. */
export function puts(io: Io, ...args: readonly [value?: Dynamic] | readonly [device: Dynamic, value: Dynamic]): "ok" {
  return print(io, text(args[args.length - 1] ?? ""));
}

export function write(io: Io, ...args: readonly [value: Dynamic] | readonly [device: Dynamic, value: Dynamic]): "ok" {
  return print(io, text(args[args.length - 1]));
}

/** Shows a value, after its `label:` if it has one, and gives it back. */
export function inspect(io: Io, value: Dynamic, options?: Dynamic): Dynamic {
  const label = at(options, "label");
  print(io, label === null ? show(value) : `${text(label)}: ${show(value)}`);
  return value;
}

function print(io: Io, line: string): "ok" {
  return io.log("info", line, {}, "io");
}
