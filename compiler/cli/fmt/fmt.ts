/** Formats files where they are, or what comes in by standard input. */
import { text as readAll } from "node:stream/consumers";
import { renderDiagnostics } from "../../diagnostics/render/human.ts";
import { format } from "../../format/format.ts";
import { createSettings } from "../../format/settings.ts";
import { findSources } from "../../project/sources.ts";
import type { SourceText } from "../../source/source.ts";
import { counted } from "../report.ts";
import { hasColors, type Terminal } from "../terminal.ts";
import { matching } from "./globs.ts";
import { replaceFile } from "./replace.ts";

export interface FmtRequest {
  readonly cwd: string;
  /** Write nothing, and count what is not formatted as a failure. */
  readonly check: boolean;
}

type Outcome = "formatted" | "changed" | "broken";

/** Prints the paths of what it has changed, or would, and gives the exit code. */
export async function formatFiles(paths: readonly string[], request: FmtRequest, terminal: Terminal): Promise<number> {
  const { cwd, check } = request;
  const settings = await createSettings(cwd);
  const outcomes: Outcome[] = [];
  for (const source of findSources(await matching(paths, cwd), cwd).sources) {
    if (await settings.ignores(source.path)) continue;
    const outcome = formatFile(source, await settings.lineWidth(source.path), request, terminal);
    if (outcome === "changed") terminal.print(source.path);
    outcomes.push(outcome);
  }
  terminal.note(summary(outcomes, check, terminal));
  return outcomes.includes("broken") || (check && outcomes.includes("changed")) ? 1 : 0;
}

function formatFile(source: SourceText, lineWidth: number, { cwd, check }: FmtRequest, terminal: Terminal): Outcome {
  const formatted = textOf(source, lineWidth, terminal);
  if (formatted === null) return "broken";
  if (formatted === source.text) return "formatted";
  if (!check) replaceFile(source.path, cwd, formatted);
  return "changed";
}

/** The source formatted; null, and the reasons on stderr, when it cannot be read. */
function textOf({ path, text }: SourceText, lineWidth: number, terminal: Terminal): string | null {
  const formatted = format(text, { path, lineWidth });
  if (formatted.ok) return formatted.text;
  terminal.note(`${renderDiagnostics(formatted.diagnostics, { colors: hasColors() })}\n`);
  return null;
}

function summary(outcomes: readonly Outcome[], check: boolean, { colors }: Terminal): string {
  const files = counted(outcomes.length, "file") ?? "no files";
  const changed = outcomes.filter((outcome) => outcome === "changed").length;
  const broken = outcomes.filter((outcome) => outcome === "broken").length;
  const left = broken > 0 ? `, ${counted(broken, "file")} with syntax errors left alone` : "";
  if (check && changed > 0)
    return colors.red(`✗ ${changed} of ${files} not formatted${left}; durablec fmt formats them`);
  const done = check
    ? `${files} checked`
    : `${files} formatted, ${changed === 0 ? "nothing changed" : `${changed} changed`}`;
  return broken > 0 ? colors.red(`✗ ${done}${left}`) : colors.green(`✓ ${done}`);
}

/** To stdout; nothing when it cannot be read. With `check`, only the exit code says what is. */
export async function formatStdin(path: string, { cwd, check }: FmtRequest, terminal: Terminal): Promise<number> {
  const settings = await createSettings(cwd);
  const text = await readAll(process.stdin);
  const formatted = textOf({ path, text }, await settings.lineWidth(path), terminal);
  if (formatted === null) return 1;
  if (!check) process.stdout.write(formatted);
  else if (formatted !== text) terminal.print(path);
  return check && formatted !== text ? 1 : 0;
}
