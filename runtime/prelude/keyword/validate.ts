import type { Dynamic } from "../../json.ts";
import { inspect } from "../core/inspect.ts";
import { argumentError } from "../errors.ts";
import { hasKey, keys, type Pairs, pairsOf } from "./read.ts";

/** `{:ok, list}` with the defaults filled in, or `{:error, keys}` that are not among the allowed ones. */
export function validate(list: Dynamic, allowed: Dynamic): readonly ["ok", Pairs] | readonly ["error", string[]] {
  const given = pairsOf(list, "Keyword.validate/2");
  const names: string[] = allowed.map((item: Dynamic) => (Array.isArray(item) ? item[0] : item));
  const unknown = keys(given).filter((key) => !names.includes(key));
  if (unknown.length > 0) return ["error", unknown.reverse()];
  const defaults: Pairs = allowed.filter((item: Dynamic) => Array.isArray(item) && !hasKey(given, item[0]));
  return ["ok", [...[...defaults].reverse(), ...given]];
}

export function validateOrRaise(list: Dynamic, allowed: Dynamic): Pairs {
  const result = validate(list, allowed);
  if (result[0] === "ok") return result[1];
  const names = allowed.map((item: Dynamic) => (Array.isArray(item) ? item[0] : item));
  throw argumentError(
    `unknown keys ${inspect(result[1])} in ${inspect(list)}, the allowed keys are: ${inspect(names)}`,
  );
}
