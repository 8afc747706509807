import type { Dynamic } from "../../json.ts";
import { requireText } from "../core/require.ts";
import { isRegex } from "./compile.ts";

/** `text =~ pattern`: whether a regular expression matches, or a text occurs. */
export function matches(text: Dynamic, pattern: Dynamic): boolean {
  const subject = requireText(text, "Kernel.=~/2");
  return isRegex(pattern) ? pattern.test(subject) : subject.includes(requireText(pattern, "Kernel.=~/2"));
}
