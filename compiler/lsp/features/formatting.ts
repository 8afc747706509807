/** The whole document as `durablec fmt` would write it; nothing while it cannot be read. */
import type { TextEdit } from "vscode-languageserver/node";
import { format } from "../../format/format.ts";
import { createSettings } from "../../format/settings.ts";
import { rangeOf } from "../places.ts";
import type { View } from "../view.ts";

export async function formatting({ file: { source }, root }: View): Promise<TextEdit[]> {
  const settings = await createSettings(root);
  if (await settings.ignores(source.path)) return [];
  const formatted = format(source.text, { path: source.path, lineWidth: await settings.lineWidth(source.path) });
  if (!formatted.ok || formatted.text === source.text) return [];
  const { start, end, text } = changedPart(source.text, formatted.text);
  return [{ range: rangeOf(source, { start, end }), newText: text }];
}

/** Without the lines that are the same before and after it, so that the cursor stays where it is. */
function changedPart(before: string, after: string): { start: number; end: number; text: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  start = before.lastIndexOf("\n", start - 1) + 1;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  const lineEnd = before.indexOf("\n", before.length - same);
  const kept = lineEnd < 0 ? 0 : before.length - lineEnd;
  return { start, end: before.length - kept, text: after.slice(start, after.length - kept) };
}
