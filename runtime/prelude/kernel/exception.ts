import type { Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { isMap } from "../core/map.ts";

/** Whether a value is an exception, as `rescue` binds them, or one of that type. */
export function isException(value: Dynamic, type?: Dynamic): boolean {
  const exception = isMap(value) && typeof at(value, "type") === "string" && typeof at(value, "message") === "string";
  return exception && (type === undefined || at(value, "type") === type);
}
