/** A source's tree as text, without what layout decides: places, comments, and whether arguments stand in parentheses. */
import { build } from "../syntax/build.ts";

const layout = new Set(["span", "operatorSpan", "keyword", "source", "comments", "parentheses", "keywords"]);

export function treeOf(text: string): string {
  const { file, diagnostics } = build(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(`${errors[0]?.message}\n${text}`);
  return JSON.stringify(file.modules, (key, value) => (layout.has(key) ? undefined : value), 1);
}
