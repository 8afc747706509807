/** The lines around a place in a source, where the source is at hand. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ErrorSource } from "../store/store.ts";

const AROUND = 1;

/** `src/orders.durable:22:14`. */
export function placeText({ file, line, column }: ErrorSource): string {
  return `${file}:${line}${column === null ? "" : `:${column}`}`;
}

/** Null when the file cannot be read from here, or has not so many lines. */
export function frameText({ file, line, column }: ErrorSource): string | null {
  const lines = read(file)?.split(/\r?\n/) ?? [];
  if (lines.length < line) return null;
  const width = String(Math.min(line + AROUND, lines.length)).length;
  return lines
    .map((text, index) => ({ text, number: index + 1 }))
    .filter(({ number }) => Math.abs(number - line) <= AROUND)
    .flatMap(({ text, number }) => {
      const row = `${number === line ? ">" : " "} ${String(number).padStart(width)} │ ${text}`.trimEnd();
      return number === line && column !== null
        ? [row, `${" ".repeat(width + 2)} │ ${underline(text, column)}`]
        : [row];
    })
    .join("\n");
}

/** Below the word that begins there; tabs stay tabs, so that it stands below. */
function underline(text: string, column: number): string {
  const before = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  const word = /^[\w.!?]*/.exec(text.slice(column - 1))?.[0] ?? "";
  return `${before}${"^".repeat(Math.max(1, word.length))}`;
}

function read(file: string): string | null {
  try {
    return readFileSync(resolve(file), "utf8");
  } catch {
    return null;
  }
}
