import { Place } from "../source/place.ts";
import type { Location, SourceText, Span } from "../source/source.ts";
import type { Diagnostic, Fix, Related, Rule } from "./diagnostic.ts";

const none: ReadonlySet<string> = new Set();

/** Collects what the phases report. A phase adds and never reads, so its result cannot depend on other mistakes. */
export class DiagnosticBag {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #enabled: ReadonlySet<string>;

  /** `enabled` are the codes that are to be reported though they are off by nature. */
  constructor(enabled: ReadonlySet<string> = none) {
    this.#enabled = enabled;
  }

  report<Params>(rule: Rule<Params>, location: Location, params: Params, related: readonly Related[] = []): void {
    if (rule.severity === "off" && !this.#enabled.has(rule.code)) return;
    const fix = rule.fix?.(params, location.span);
    this.#diagnostics.push({
      code: rule.code,
      severity: rule.severity,
      message: rule.message(params),
      help: rule.help(params),
      location: still(location),
      related: related.map((one) => (one.location instanceof Place ? one : { ...one, location: still(one.location) })),
      ...(fix && { fix: stillFix(fix) }),
    });
  }

  /** Takes over what another has collected. */
  add(other: DiagnosticBag): void {
    for (const diagnostic of other.#diagnostics) this.#diagnostics.push(diagnostic);
  }

  isEmpty(): boolean {
    return this.#diagnostics.length === 0;
  }

  /**
   * The same, said of a part of a file that stood `before` in one text and stands `now` in another. Null when anything in it
   * points out of that part, of which it is not known where it stands.
   */
  moved(before: Location, now: Location): DiagnosticBag | null {
    if (this.isEmpty()) return this;
    const by = now.span.start - before.span.start;
    const isInside = ({ source, span }: Location) => source === before.source && contains(before.span, span);
    if (!this.#diagnostics.flatMap(placesIn).every(isInside)) return null;
    const bag = new DiagnosticBag(this.#enabled);
    for (const diagnostic of this.#diagnostics) bag.#diagnostics.push(movedTo(now.source, by, diagnostic));
    return bag;
  }

  /** Whether all that was reported stands in a span of the file that it is of. */
  isWithin(part: Span): boolean {
    return this.#diagnostics.every(({ location }) => contains(part, location.span));
  }

  hasErrors(): boolean {
    return this.#diagnostics.some(({ severity }) => severity === "error");
  }

  /** The same, where second places have moved meanwhile with these as they are now. */
  settled(): DiagnosticBag {
    const bag = new DiagnosticBag(this.#enabled);
    for (const diagnostic of this.#diagnostics) bag.#diagnostics.push(withStillPlaces(diagnostic));
    return bag;
  }

  /** In the order a reader meets them: by file, then by place. */
  sorted(): Diagnostic[] {
    return this.#diagnostics.toSorted(
      (a, b) =>
        compare(a.location.source.path, b.location.source.path) ||
        a.location.span.start - b.location.span.start ||
        compare(a.code, b.code),
    );
  }
}

/** By code units: the same in every place and language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Spans of nodes move when the text before them is edited; where something was reported does not. */
function still({ source, span }: Location): Location {
  return { source, span: { ...span } };
}

function withStillPlaces(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.related.length === 0) return diagnostic;
  return { ...diagnostic, related: diagnostic.related.map((one) => ({ ...one, location: still(one.location) })) };
}

function stillFix(fix: Fix): Fix {
  return { ...fix, edits: fix.edits.map(({ span, text }) => ({ span: { ...span }, text })) };
}

/** All but those that move by themselves. */
function placesIn({ location, related, fix }: Diagnostic): Location[] {
  const edits = fix?.edits.map(({ span }) => ({ source: location.source, span })) ?? [];
  const others = related.map((one) => one.location).filter((other) => !(other instanceof Place));
  return [location, ...others, ...edits];
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function movedTo(source: SourceText, by: number, { fix, ...diagnostic }: Diagnostic): Diagnostic {
  const shift = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  const place = (at: Location): Location => (at instanceof Place ? at : { source, span: shift(at.span) });
  return {
    ...diagnostic,
    location: place(diagnostic.location),
    related: diagnostic.related.map(({ message, location }) => ({ message, location: place(location) })),
    ...(fix && { fix: { ...fix, edits: fix.edits.map(({ span, text }) => ({ span: shift(span), text })) } }),
  };
}
