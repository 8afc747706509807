/** SARIF 2.1.0, which code scanning services and editors read: https://docs.oasis-open.org/sarif/sarif/v2.1.0. */
import { positionAt } from "../../source/position.ts";
import type { Location } from "../../source/source.ts";
import { type AnyRule, rules } from "../catalog/index.ts";
import type { Diagnostic, Severity } from "../diagnostic.ts";

/** With the rules that were broken, so that a reader finds what they mean. */
export function sarifOf(diagnostics: readonly Diagnostic[]) {
  const broken = new Set(diagnostics.map(({ code }) => code));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "durablec", rules: rules.filter(({ code }) => broken.has(code)).map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map(resultOf),
      },
    ],
  };
}

function ruleOf({ code, severity, summary, explanation }: AnyRule) {
  return {
    id: code,
    shortDescription: { text: summary },
    fullDescription: { text: explanation },
    defaultConfiguration: { level: levelOf(severity) },
  };
}

function levelOf(severity: Severity): string {
  return severity === "off" ? "none" : severity;
}

function resultOf({ code, severity, message, help, location, related }: Diagnostic) {
  return {
    ruleId: code,
    level: levelOf(severity),
    message: { text: `${message} ${help}` },
    locations: [{ physicalLocation: physical(location) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        message: { text: place.message },
        physicalLocation: physical(place.location),
      })),
    }),
  };
}

function physical({ source, span }: Location) {
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  return {
    artifactLocation: { uri: uriOf(source.path) },
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  };
}

/** A relative reference, as paths are relative to where the user stands. */
function uriOf(path: string): string {
  return path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
