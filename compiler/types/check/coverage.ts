/** What clauses leave, and what they leave no room for. */
import type { Clause, Pattern } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import { childFailureUnhandled, unreachable } from "../../diagnostics/catalog/flow.ts";
import { noClause } from "../../diagnostics/catalog/type.ts";
import type { Span } from "../../source/source.ts";
import { membersOf } from "../join.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { type Frame, report } from "./frame.ts";
import { reportLateLeft } from "./late.ts";
import { mayMatch, remaining } from "./patterns.ts";

/** Whether what is left of a value includes the failure of a child, or what its timeout gives. */
export function checkChildOutcomes(left: Type, patterns: readonly Pattern[], span: Span, frame: Frame): void {
  if (membersOf(left).some((member) => frame.checker.childFailures.has(member))) {
    report(frame, childFailureUnhandled, span, undefined);
  }
  reportLateLeft(left, patterns, frame);
}

/** The clauses of a `case` as a whole; `span` is what they are tried on. */
export function checkCoverage(clauses: readonly Clause[], type: Type, span: Span, frame: Frame): void {
  if (type.kind === "none" || clauses.length === 0 || clauses.some(({ pattern }) => isBroken(pattern))) return;
  if (clauses.every((clause) => !mayMatch(clause.pattern, type, frame))) {
    report(frame, noClause, span, { actual: show(type) });
    return;
  }
  const left = checkReachable(clauses, type, frame);
  checkChildOutcomes(
    left,
    clauses.map(({ pattern }) => pattern),
    span,
    frame,
  );
}

/** Of a pattern that could not be read it cannot be told what it takes. */
function isBroken(pattern: Pattern): boolean {
  return descendants(pattern).some(({ kind }) => kind === "invalidPattern");
}

/** Clauses of which earlier ones take every value; gives what none of them takes. */
function checkReachable(clauses: readonly Clause[], type: Type, frame: Frame): Type {
  const literals = new Set<unknown>();
  let left = type;
  for (const { pattern, guard } of clauses) {
    const value = literalOf(pattern);
    const isTaken = value !== undefined && literals.has(value);
    // A single value, `case @mode do …`, is there to be changed.
    const isPossible = type.kind === "literal" || type.kind === "nil" || mayMatch(pattern, type, frame);
    if (isTaken || !isPossible || (mayMatch(pattern, type, frame) && !mayMatch(pattern, left, frame))) {
      const why = isPossible ? "the ones before it take all its values" : `what it is tried on is ${show(type)}`;
      report(frame, unreachable, pattern.span, { what: "This clause", why });
    }
    if (guard) continue;
    if (value !== undefined) literals.add(value);
    left = remaining(pattern, left, frame);
  }
  return left;
}

/** `:paid` and `"paid"` are one value. */
function literalOf(pattern: Pattern): unknown {
  return pattern.kind === "literalPattern" && pattern.value.kind === "literal" ? pattern.value.value : undefined;
}
