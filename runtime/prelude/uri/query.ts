import type { Data, Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { inspect } from "../core/inspect.ts";
import { mapOf, requireMap } from "../core/map.ts";
import { requireText } from "../core/require.ts";
import { text } from "../core/text.ts";
import { pair } from "../enum/combine.ts";
import { argumentError } from "../errors.ts";
import { charUnreserved, decode, decodeWwwForm, encode, encodeWwwForm } from "./percent.ts";

/** Of a map or list of pairs; the encoding is `:www_form` or `:rfc3986`, which writes a space as `%20`. */
export function encodeQuery(pairs: Dynamic, encoding: Dynamic = "www_form"): string {
  const write = encoding === "rfc3986" ? (part: string) => encode(part, charUnreserved) : encodeWwwForm;
  return elements(pairs)
    .map((item) =>
      pair(item)
        .map((part) => write(scalar(part)))
        .join("="),
    )
    .join("&");
}

function scalar(value: Dynamic): string {
  if (Array.isArray(value)) throw argumentError(`encode_query/2 values cannot be lists, got: ${inspect(value)}`);
  return text(value);
}

/** A map, put on top of another if one is given. */
export function decodeQuery(query: Dynamic, base: Dynamic = {}, encoding: Dynamic = "www_form"): Data {
  return { ...requireMap(base), ...mapOf(queryDecoder(query, encoding)) };
}

/** A list of pairs. */
export function queryDecoder(query: Dynamic, encoding: Dynamic = "www_form"): (readonly [string, string])[] {
  const read = encoding === "rfc3986" ? decode : decodeWwwForm;
  const parts = requireText(query, "URI.decode_query/3").split("&");
  return parts.flatMap((part) => {
    if (part === "") return [];
    const [, key = "", value = ""] = /^([^=]*)(?:=(.*))?$/s.exec(part) ?? [];
    return [[read(key), read(value)] as const];
  });
}
