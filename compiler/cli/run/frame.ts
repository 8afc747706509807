/** The code that made an execution fail. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ErrorSource, type ExecutionError, sourceOf } from "@durablec/runtime";
import { frameRows, numberWidthOf } from "../../diagnostics/render/frame.ts";
import { lineText } from "../../source/position.ts";
import type { SourceText, Span } from "../../source/source.ts";
import type { Colors } from "../terminal.ts";

/** Null for an error that does not say where it is from, or when that cannot be read any more. */
export function frameOf(error: ExecutionError, sources: readonly SourceText[], colors: Colors): string | null {
  const place = sourceOf(error);
  const source = place === null ? null : (sources.find(({ path }) => path === place.file) ?? read(place.file));
  if (place === null || source === null) return null;
  const mark = { span: spanOf(place, source), kind: "primary", label: "" } as const;
  const width = numberWidthOf(source, [mark]);
  const margin = " ".repeat(width + 2);
  const paint = { gutter: colors.dim, context: colors.dim, mark: (_: string, text: string) => colors.red(text) };
  const column = place.column === null ? "" : `:${place.column}`;
  return [
    `${colors.dim(`${margin}╭─ `)}${colors.cyan(`${place.file}:${place.line}${column}`)}`,
    colors.dim(`${margin}│`),
    ...frameRows(source, [mark], width, paint),
    colors.dim(`${margin}╵`),
  ].join("\n");
}

function read(path: string): SourceText | null {
  try {
    return { path, text: readFileSync(resolve(path), "utf8") };
  } catch {
    return null;
  }
}

/** The word at the place, or the line without its indentation. */
function spanOf({ line, column }: ErrorSource, source: SourceText): Span {
  const text = lineText(source, line);
  const start =
    source.text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + (line === 1 ? 0 : 1);
  const from = column === null ? text.length - text.trimStart().length : column - 1;
  const length = column === null ? text.trim().length : (/^[\w.!?]+/.exec(text.slice(from))?.[0].length ?? 1);
  return { start: start + from, end: start + from + Math.max(1, length) };
}
