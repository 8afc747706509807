/** Expressions that choose among arms. */
import type { Block, Case, Clause, Cond, Expr, If, With } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import { unreachable } from "../../diagnostics/catalog/flow.ts";
import { nil, none } from "../construct.ts";
import { union } from "../join.ts";
import type { Type } from "../type.ts";
import { assume, narrowSubject } from "./conditions.ts";
import { checkCoverage } from "./coverage.ts";
import { alternatives, type Frame, report } from "./frame.ts";
import { infer, type Position } from "./infer.ts";
import { reportLateLeft } from "./late.ts";
import { bindPattern, mayMatch, remaining } from "./patterns.ts";

/** An empty block is nil; in tail position that is an end like any other. */
export function inferBlock(node: Block, frame: Frame, position: Position): Type {
  const { expressions } = node;
  let type: Type = nil;
  let ends = false;
  for (const [index, expr] of expressions.entries()) {
    const isLast = index === expressions.length - 1;
    if (!isLast) frame.checker.discarded.add(expr);
    type = infer(expr, frame, isLast ? position : "value");
    if (!ends && !isLast && type.kind === "none") reportDead(expr, expressions[index + 1], frame);
    ends ||= type.kind === "none";
  }
  if (expressions.length === 0) recordNil(node, frame, position);
  return ends ? none : type;
}

const raising: ReadonlySet<string> = new Set(["raise", "reraise", "throw"]);

/** A value of type none can also come from an empty list; only what raises is worth a message. */
function reportDead(expr: Expr, next: Expr | undefined, frame: Frame): void {
  const { resolved, types } = frame.checker;
  const raises = descendants(expr).some((node) => {
    const target = node.kind === "call" ? resolved.calls.get(node) : undefined;
    const mayRaise = target?.kind === "function" || (target?.kind === "prelude" && raising.has(target.function.name));
    return node.kind === "call" && mayRaise && types.get(node)?.kind === "none";
  });
  const params = { what: "This code", why: "what stands before it always raises" };
  if (raises && next) report(frame, unreachable, next.span, params);
}

function recordNil(node: { readonly span: Block["span"] }, frame: Frame, position: Position): void {
  if (position === "tail") frame.returns.push({ type: nil, writes: frame.flow.writes, span: node.span, expr: null });
}

export function inferIf(node: If, frame: Frame, position: Position): Type {
  infer(node.condition, frame);
  const arm = (holds: boolean, block: Block | null) => (): Type => {
    assume(node.condition, holds !== node.negated, frame);
    if (block) return infer(block, frame, position);
    recordNil(node, frame, position);
    return nil;
  };
  return alternatives(frame, [arm(true, node.then), arm(false, node.else)]);
}

/** No clause of a `cond` left over means an error at run time, so the clauses are all there is. */
export function inferCond(node: Cond, frame: Frame, position: Position): Type {
  const before: Expr[] = [];
  const arms = node.clauses.map((clause) => (): Type => {
    for (const condition of before) assume(condition, false, frame);
    infer(clause.condition, frame);
    assume(clause.condition, true, frame);
    before.push(clause.condition);
    return infer(clause.body, frame, position);
  });
  return alternatives(frame, arms);
}

export function inferCase(node: Case, frame: Frame, position: Position): Type {
  const subject = infer(node.subject, frame);
  const type = inferClauses(node.clauses, subject, node.subject, frame, position);
  checkCoverage(node.clauses, subject, node.subject.span, frame);
  return type;
}

/** Clauses tried in turn on a value: each gets what those before it left. */
export function inferClauses(
  clauses: readonly Clause[],
  type: Type,
  subject: Expr | null,
  frame: Frame,
  position: Position,
): Type {
  let left = type;
  const arms = clauses.map((clause) => (): Type => {
    const matched = enterClause(clause, left, frame);
    if (subject) narrowSubject(subject, matched, frame);
    if (!clause.guard) left = remaining(clause.pattern, left, frame);
    return infer(clause.body, frame, position);
  });
  return alternatives(frame, arms);
}

/** What is impossible is checked as if nothing were known, so that it makes no messages of its own. */
function enterClause(clause: Clause, type: Type, frame: Frame): Type {
  const possible = mayMatch(clause.pattern, type, frame);
  const matched = bindPattern(clause.pattern, possible ? type : { kind: "dynamic" }, frame);
  if (clause.guard) {
    infer(clause.guard, frame);
    assume(clause.guard, true, frame);
  }
  return matched;
}

/** What no clause of an `else` takes. */
function leftBy(clauses: readonly Clause[], type: Type, frame: Frame): Type {
  return clauses.reduce((left, { pattern, guard }) => (guard ? left : remaining(pattern, left, frame)), type);
}

/** A value that fails to match is the value of the whole, or goes to the `else` clauses. */
export function inferWith(node: With, frame: Frame, position: Position): Type {
  const failed: Type[] = [];
  const main = (): Type => {
    for (const binding of node.bindings) {
      const type = infer(binding.value, frame);
      if (binding.kind === "plain") continue;
      const left = binding.guard ? type : remaining(binding.pattern, type, frame);
      failed.push(left);
      if (node.else.length > 0 || position === "tail") {
        reportLateLeft(leftBy(node.else, left, frame), [binding.pattern], frame);
      }
      bindPattern(binding.pattern, type, frame);
      if (binding.guard) {
        infer(binding.guard, frame);
        assume(binding.guard, true, frame);
      }
    }
    return infer(node.body, frame, position);
  };
  const otherwise = (): Type => {
    const type = union(...failed);
    if (node.else.length > 0) return inferClauses(node.else, type, null, frame, position);
    if (position === "tail" && type.kind !== "none") {
      frame.returns.push({ type, writes: frame.flow.writes, span: node.span, expr: null });
    }
    return type;
  };
  return alternatives(frame, [main, otherwise]);
}
