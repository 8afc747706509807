/** Annotations of GitHub Actions: workflow commands on stdout, a line for each diagnostic. */
import { positionAt } from "../../source/position.ts";
import type { Diagnostic } from "../diagnostic.ts";

export function renderGithub(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(annotation);
}

function annotation({ code, severity, message, help, location: { source, span } }: Diagnostic): string {
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  const properties = [
    ["file", source.path],
    ["line", start.line],
    ["endLine", end.line],
    // GitHub ignores columns of a range that spans lines.
    ...(start.line === end.line ? [["col", start.column] as const, ["endColumn", end.column] as const] : []),
    ["title", code],
  ].map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${severity} ${properties.join(",")}::${data(`${message}\n${help}`)}`;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: what would end a command is escaped. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
