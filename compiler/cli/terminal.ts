/**
 * Where the command line writes: results on stdout, everything about them on stderr. Colours and lines that are later
 * overwritten go to terminals only, so that a pipe or a file gets plain text.
 */
import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

export interface Terminal {
  readonly colors: Colors;
  /** True where lines may be overwritten. */
  readonly live: boolean;
  /** A line of the command's result. */
  readonly print: (line: string) => void;
  /** A line about what happens. */
  readonly note: (line: string) => void;
}

export function createTerminal(): Terminal {
  return {
    colors: pc.createColors(hasColors()),
    live: process.stderr.isTTY === true && process.env.TERM !== "dumb",
    print: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** https://no-color.org; `FORCE_COLOR` wins, for pagers. */
export function hasColors(): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0";
  return process.stderr.isTTY === true && !NO_COLOR && TERM !== "dumb";
}

/** Shows a line on a terminal while the work lasts; it is gone when the work is done. */
export async function whileShowing<T>(terminal: Terminal, line: string, work: () => Promise<T>): Promise<T> {
  if (!terminal.live) return work();
  process.stderr.write(terminal.colors.dim(line));
  try {
    return await work();
  } finally {
    process.stderr.write("\r\u001B[K");
  }
}
