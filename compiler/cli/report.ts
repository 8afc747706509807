/** What a check or a build found, for people or for machines. */
import type { ProjectCheck } from "../build.ts";
import { renderDiagnostics } from "../diagnostics/render/human.ts";
import { reportOf } from "../diagnostics/render/json.ts";
import type { Format } from "./format.ts";
import { hasColors, type Terminal } from "./terminal.ts";

/** On stdout, as one JSON object. */
export function printJson(found: ProjectCheck, terminal: Terminal): void {
  terminal.print(JSON.stringify(reportOf(found.diagnostics), null, 2));
}

/** Everything that was found, and for people what it comes to. */
export async function reportFound(
  found: ProjectCheck,
  format: Format,
  done: string,
  terminal: Terminal,
): Promise<void> {
  switch (format) {
    case "human":
      noteDiagnostics(found, terminal);
      terminal.note(summaryOf(found, done, terminal));
      break;
    case "json":
      printJson(found, terminal);
      break;
    case "github": {
      const { renderGithub } = await import("../diagnostics/render/github.ts");
      for (const line of renderGithub(found.diagnostics)) terminal.print(line);
      break;
    }
    case "sarif": {
      const { sarifOf } = await import("../diagnostics/render/sarif.ts");
      terminal.print(JSON.stringify(sarifOf(found.diagnostics), null, 2));
      break;
    }
  }
}

/** On stderr, a frame each. */
export function noteDiagnostics(found: ProjectCheck, terminal: Terminal): void {
  if (found.diagnostics.length === 0) return;
  terminal.note(`${renderDiagnostics(found.diagnostics, { colors: hasColors() })}\n`);
}

/** `✗ 2 errors, 1 warning in 3 files`, or what was done. */
export function summaryOf(found: ProjectCheck, done: string, { colors }: Terminal): string {
  const problems = [counted(found.errors, "error"), counted(found.warnings, "warning")].filter((text) => text !== null);
  const where = `in ${counted(found.sources.length, "file")}`;
  if (found.errors > 0) return colors.red(`✗ ${problems.join(", ")} ${where}`);
  if (found.warnings > 0) return colors.yellow(`✓ ${done}, ${problems.join(", ")}`);
  return colors.green(`✓ ${done}`);
}

/** `1 file`, `3 files`; null for none. */
export function counted(count: number, noun: string): string | null {
  if (count === 0) return null;
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
