/** What the author's own line breaks decide. */
import type { Form } from "../forms.ts";
import type { Writer } from "./writer.ts";

/** True for several things each of which the author began on another line. */
export function onLinesOfTheirOwn(forms: readonly Form[]): boolean {
  return forms.length > 1 && new Set(forms.map((form) => form.line)).size === forms.length;
}

/** True for what may go on over several lines from where it begins: functions, maps, lists, heredocs. */
export function breaksInside(writer: Writer, form: Form): boolean {
  switch (form.kind) {
    case "tuple":
      return form.newline || writer.comments.anyBetween(form.line, form.to);
    case "list":
    case "fn":
      return true;
    case "map":
      return form.items.length > 0;
    case "text":
      return form.heredoc;
    case "call":
      return form.callee.kind === "members";
    case "pair":
      return form.key.kind === "key" && typeof form.key.text === "string" && breaksInside(writer, form.value);
    default:
      return false;
  }
}
