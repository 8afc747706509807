import type { Location } from "../source/source.ts";
import type { Diagnostic, Related, Rule } from "./diagnostic.ts";

/** Collects what the phases report. A phase adds and never reads, so its result cannot depend on other mistakes. */
export class DiagnosticBag {
  readonly #diagnostics: Diagnostic[] = [];

  report<Params>(rule: Rule<Params>, location: Location, params: Params, related: readonly Related[] = []): void {
    const fix = rule.fix?.(params, location.span);
    this.#diagnostics.push({
      code: rule.code,
      severity: rule.severity,
      message: rule.message(params),
      help: rule.help(params),
      location,
      related,
      ...(fix && { fix }),
    });
  }

  /** In the order a reader meets them: by file, then by place. */
  sorted(): Diagnostic[] {
    return this.#diagnostics.toSorted(
      (a, b) =>
        a.location.source.path.localeCompare(b.location.source.path, "en") ||
        a.location.span.start - b.location.span.start ||
        a.code.localeCompare(b.code, "en"),
    );
  }
}
