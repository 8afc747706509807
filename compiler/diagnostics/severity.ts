import type { Diagnostic, Severity } from "./diagnostic.ts";

export interface SeveritySettings {
  /** Severity by code, from the project's configuration. */
  readonly rules: { readonly [code: string]: Severity };
  /** Warnings count as errors. */
  readonly strict: boolean;
}

/** The diagnostics as the project wants them: those turned off are left out. An error by nature cannot be softened. */
export function withSeverities(diagnostics: readonly Diagnostic[], settings: SeveritySettings): Diagnostic[] {
  return diagnostics
    .map((diagnostic) => ({ ...diagnostic, severity: severityOf(diagnostic, settings) }))
    .filter(({ severity }) => severity !== "off");
}

function severityOf({ code, severity }: Diagnostic, { rules, strict }: SeveritySettings): Severity {
  if (severity === "error") return severity;
  const wanted = Object.hasOwn(rules, code) ? rules[code]! : severity;
  return strict && wanted === "warning" ? "error" : wanted;
}
