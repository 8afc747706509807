import type { Dynamic } from "../../json.ts";
import { requireInstant, writeInstant } from "../calendar/instant.ts";

/** `2024-02-29 12:30:00Z`. */
export function datetimeText(datetime: Dynamic): string {
  return writeInstant(requireInstant(datetime, "DateTime.to_string/1"), " ");
}

/** `2024-02-29T12:30:00Z`, or `20240229T123000Z` in the `:basic` format. */
export function toIso8601(datetime: Dynamic, format: Dynamic = "extended"): string {
  const text = writeInstant(requireInstant(datetime, "DateTime.to_iso8601/3"));
  return format === "basic" ? text.replace(/(?!^)[-:]/g, "") : text;
}
