/** V8's stack traces, as places in files. */
import { fileURLToPath } from "node:url";

export interface Place {
  /** Absolute. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

// `at run (file:///app/orders.js:12:5)`, `at async /app/orders.js:12:5`, `at C:\app\orders.js:12:5`.
const frame = /^\s+at (?:async (?=file:|\/|[A-Za-z]:))?(?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+):(\d+)\)?$/;

/** Innermost first. Frames of Node itself and of evaluated text are left out. */
export function framesOf(stack: string): Place[] {
  return stack.split("\n").flatMap((line) => {
    const [, file, row, column] = frame.exec(line) ?? [];
    if (file === undefined || line.includes("(eval at ")) return [];
    const path = pathOf(file);
    return path === null ? [] : [{ path, line: Number(row), column: Number(column) }];
  });
}

function pathOf(file: string): string | null {
  if (!file.startsWith("file:")) return file;
  try {
    return fileURLToPath(file.replace(/[?#].*$/, ""));
  } catch {
    return null;
  }
}
