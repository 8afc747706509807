/** What the app's own code prints while a workflow runs: it must neither spoil `--json` on stdout nor the live list. */
export interface AppOutput {
  /** Writes to the real stderr, for whoever draws there. */
  readonly write: typeof process.stderr.write;
  readonly restore: () => void;
}

/** From here on everything printed in this process goes to `aside`, until `restore`. */
export function captureAppOutput(aside: (text: string) => void): AppOutput {
  const { stdout, stderr } = process;
  const [writeOut, writeErr] = [stdout.write, stderr.write];
  const captured = ((chunk: string | Uint8Array) => {
    aside(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    return true;
  }) as typeof stderr.write;
  stdout.write = captured;
  stderr.write = captured;
  return {
    write: writeErr.bind(stderr),
    restore: () => {
      stdout.write = writeOut;
      stderr.write = writeErr;
    },
  };
}
