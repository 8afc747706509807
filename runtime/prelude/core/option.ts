import type { Dynamic } from "../../json.ts";
import { at } from "./access.ts";

/** One of the options a call gave, as a keyword list or a map; the default where it gave none. */
export function option(options: Dynamic, name: string, fallback: Dynamic): Dynamic {
  return at(options, name) ?? fallback;
}
