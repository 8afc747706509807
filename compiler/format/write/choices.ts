/** What the author's own line breaks decide. */
import type { Form } from "../forms.ts";
import type { Writer } from "./writer.ts";

/** True where the author went to a new line, and that is kept. */
export function isOpen({ keepsLines }: Writer, { newline }: { readonly newline: boolean }): boolean {
  return keepsLines && newline;
}

/** True for several things each of which the author began on another line. */
export function onLinesOfTheirOwn({ keepsLines }: Writer, forms: readonly Form[]): boolean {
  return keepsLines && forms.length > 1 && new Set(forms.map((form) => form.line)).size === forms.length;
}

/** True for what may go on over several lines from where it begins: functions, maps, lists, heredocs. */
export function breaksInside(writer: Writer, form: Form): boolean {
  switch (form.kind) {
    case "tuple":
      return isOpen(writer, form) || writer.comments.anyBetween(form.line, Math.max(form.to, form.last + 1));
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
