/** `Jason` and `JSON`, exported as `Json`: text of values and back. Keys are written in code-point order. */

import type { Dynamic } from "../json.ts";
import { at } from "./core/access.ts";
import { inspect } from "./core/inspect.ts";
import { isMap, mapOf, sortedPairs } from "./core/map.ts";
import { requireText } from "./core/require.ts";
import { Raised, undefinedProtocolError } from "./errors.ts";

/** With `pretty: true` on several lines. */
export function encodeOrRaise(value: Dynamic, options?: Dynamic): string {
  return JSON.stringify(value, encodable, at(options, "pretty") === true ? 2 : undefined);
}

function encodable(_: string, value: Dynamic): Dynamic {
  if (value === undefined) return null;
  if (typeof value === "function") throw undefinedProtocolError("Jason.Encoder", value);
  return isMap(value) ? mapOf(sortedPairs(value)) : value;
}

export function encode(value: Dynamic, options?: Dynamic): readonly ["ok", string] | readonly ["error", Dynamic] {
  return attempt(() => encodeOrRaise(value, options));
}

/** Keys of maps are texts, as all keys are. */
export function decodeOrRaise(text: Dynamic, _options?: Dynamic): Dynamic {
  const subject = requireText(text, "Jason.decode!/2");
  try {
    return JSON.parse(subject);
  } catch (cause) {
    throw decodeError(subject, cause as SyntaxError);
  }
}

export function decode(text: Dynamic, options?: Dynamic): readonly ["ok", Dynamic] | readonly ["error", Dynamic] {
  return attempt(() => decodeOrRaise(text, options));
}

function attempt<T>(work: () => T): readonly ["ok", T] | readonly ["error", Dynamic] {
  try {
    return ["ok", work()];
  } catch (cause) {
    if (cause instanceof Raised) return ["error", cause.value];
    throw cause;
  }
}

function decodeError(data: string, { message }: SyntaxError): Raised {
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? data.length);
  const character = data[position];
  const reason = character === undefined ? "unexpected end of input" : `unexpected character ${inspect(character)}`;
  return new Raised("Jason.DecodeError", { data, position, message: `${reason} at position ${position}` });
}
