/** `Exception`: errors as values, as `rescue` binds them. */

import type { Dynamic } from "../json.ts";
import { at } from "./core/access.ts";

export function message(exception: Dynamic): string {
  return at(exception, "message") ?? "";
}
