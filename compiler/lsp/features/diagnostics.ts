/** What the compiler found, as the protocol says it. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type Diagnostic as ProtocolDiagnostic,
} from "vscode-languageserver/node";
import type { Diagnostic, Related, Severity } from "../../diagnostics/diagnostic.ts";
import { anchorOf } from "../../diagnostics/render/markdown.ts";
import { locationOf, rangeOf, type UriOf } from "../places.ts";
import type { View } from "../view.ts";

/** The page that ships beside the compiler; a link that leads nowhere is worse than none. */
const pageUrl = new URL("../../dist/diagnostics.md", import.meta.url);
const page = existsSync(fileURLToPath(pageUrl)) ? pageUrl.href : null;

/** The answer to an editor that asks for what there is to say of a document, and knows what it was told last. */
export function diagnosticReport(view: View, previousResultId: string | undefined): DocumentDiagnosticReport {
  const items = view.diagnostics().map((each) => toProtocol(each, view.uriOf));
  const resultId = createHash("sha1").update(JSON.stringify(items)).digest("base64");
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

export function toProtocol(diagnostic: Diagnostic, uriOf: UriOf): ProtocolDiagnostic {
  const { code, severity, message, help, location, related } = diagnostic;
  return {
    range: rangeOf(location.source, location.span),
    severity: severityOf(severity),
    code,
    source: "durablec",
    message: `${message}\n${help}`,
    ...(page !== null && { codeDescription: { href: `${page}#${anchorOf(code)}` } }),
    ...(unnecessary.has(code) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && { relatedInformation: related.map((each) => relatedOf(each, uriOf)) }),
  };
}

function severityOf(severity: Severity): DiagnosticSeverity {
  return severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
}

function relatedOf({ message, location }: Related, uriOf: UriOf): DiagnosticRelatedInformation {
  return { message, location: locationOf(location, uriOf) };
}

/** What could be left out; editors show it faded. */
const unnecessary: ReadonlySet<string> = new Set([
  "name/unused-variable",
  "name/unused-function",
  "saga/unused-compensation",
  "flow/unreachable",
  "flow/delete-has-no-effect",
]);
