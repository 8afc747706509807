import type { AnyRule } from "../catalog/index.ts";

/** A rule for a reader at a terminal: what it says, why, and both of its examples. */
export function explainRule({ code, severity, summary, explanation, bad, good }: AnyRule): string {
  return [
    `${code} (${severity})`,
    "",
    summary,
    "",
    ...wrapped(explanation, 100),
    "",
    "This is found:",
    "",
    indented(bad),
    "",
    "Better:",
    "",
    indented(good),
  ].join("\n");
}

function indented(text: string): string {
  return text.trim().replace(/^(?=.)/gm, "    ");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
