/** Functions as values: what is known of their parameters comes from where they are given. */
import type { Apply, Capture, CaptureArgument, Expr, Fn, FnClause, FunctionRef } from "../../ast/nodes.ts";
import { badArgument, badOperand } from "../../diagnostics/catalog/type.ts";
import { compatible } from "../assignable.ts";
import { dynamic, fnOf, none } from "../construct.ts";
import { compared } from "../explain.ts";
import { membersOf, union } from "../join.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { substitute } from "../variables.ts";
import { reportIndistinct } from "./builtins/kernel.ts";
import { assume } from "./conditions.ts";
import { alternatives, type Frame, report } from "./frame.ts";
import { infer, inferAll } from "./infer.ts";
import { anyNumberOfTimes } from "./loops.ts";
import { bindPattern, mayMatch, remaining } from "./patterns.ts";

export type FunctionValue = Fn | Capture | FunctionRef;

export function isFunctionValue(expr: Expr): expr is FunctionValue {
  return expr.kind === "fn" || expr.kind === "capture" || expr.kind === "functionRef";
}

/** A function given where its parameters are known, as in `Enum.map(list, fn x -> … end)`. */
export function inferFunctionValue(node: FunctionValue, params: readonly Type[], frame: Frame): Type {
  const type = givenParams(node, params, frame);
  frame.checker.types.set(node, type);
  return type;
}

function givenParams(node: FunctionValue, params: readonly Type[], frame: Frame): Type {
  switch (node.kind) {
    case "fn":
      return fnOf(params, inferFnBodies(node, params, frame));
    case "capture":
      return fnOf(params, inferCaptureBody(node, params, frame));
    case "functionRef": {
      const type = inferFunctionRef(node, frame);
      checkGiven(node, type, params, frame);
      return type;
    }
  }
}

/** What a function that is named is given, where that is sure not to fit. */
function checkGiven(ref: FunctionRef, type: Type, given: readonly Type[], frame: Frame): void {
  if (type.kind !== "fn") return;
  const target = frame.checker.resolved.calls.get(ref);
  if (target?.kind === "prelude" && target.function.module === "Kernel") {
    reportIndistinct(ref.name.text, given[0] ?? dynamic, ref.span, frame);
  }
  const index = type.params.findIndex((param, at) => !compatible(given[at] ?? dynamic, param));
  const [actual, expected] = [given[index], type.params[index]];
  if (!actual || !expected) return;
  const name = ref.module ? `${ref.module.name}.${ref.name.text}` : ref.name.text;
  report(frame, badArgument, ref.span, { name, ...compared(actual, expected) });
}

export function inferFn(node: Fn, frame: Frame): Type {
  const params = node.clauses[0]?.params.map(() => dynamic) ?? [];
  return fnOf(params, inferFnBodies(node, params, frame));
}

function inferFnBodies(node: Fn, params: readonly Type[], frame: Frame): Type {
  return anyNumberOfTimes(frame, () =>
    inferFnClauses(node.clauses, params, frame, (clause) => infer(clause.body, frame)),
  );
}

/** The clauses of one function, tried in turn; with a single parameter each gets what those before it left. */
export function inferFnClauses(
  clauses: readonly FnClause[],
  params: readonly Type[],
  frame: Frame,
  inferBody: (clause: FnClause) => Type,
): Type {
  let [left = dynamic] = params;
  const arms = clauses.map((clause) => (): Type => {
    for (const [index, pattern] of clause.params.entries()) {
      const given = (index === 0 && clause.params.length === 1 ? left : params[index]) ?? dynamic;
      bindPattern(pattern, mayMatch(pattern, given, frame) ? given : dynamic, frame);
    }
    if (clause.guard) {
      infer(clause.guard, frame);
      assume(clause.guard, true, frame);
    } else if (clause.params[0] && clause.params.length === 1) {
      left = remaining(clause.params[0], left, frame);
    }
    return inferBody(clause);
  });
  return alternatives(frame, arms);
}

export function inferCapture(node: Capture, frame: Frame): Type {
  const params = Array.from({ length: node.arity }, () => dynamic);
  return fnOf(params, inferCaptureBody(node, params, frame));
}

function inferCaptureBody(node: Capture, params: readonly Type[], frame: Frame): Type {
  const outer = frame.captured;
  frame.captured = params;
  const type = anyNumberOfTimes(frame, () => infer(node.body, frame));
  frame.captured = outer;
  return type;
}

export function inferCaptureArgument(node: CaptureArgument, frame: Frame): Type {
  return frame.captured[node.index - 1] ?? dynamic;
}

export function inferFunctionRef(node: FunctionRef, frame: Frame): Type {
  const target = frame.checker.resolved.calls.get(node);
  const unknown = Array.from({ length: node.arity }, () => dynamic);
  switch (target?.kind) {
    case "prelude":
      return substitute(fnOf(target.function.params, target.function.result), new Map());
    case "function": {
      const { params, result } = frame.checker.functionOf(target.function);
      return fnOf(params.length === node.arity ? params : unknown, result);
    }
    case "foreign":
      return fnOf(target.export.params, target.export.result);
    case undefined:
      return fnOf(unknown, dynamic);
  }
}

export function inferApply(node: Apply, frame: Frame): Type {
  const fn = infer(node.fn, frame);
  inferAll(node.args, frame);
  const members = membersOf(fn);
  if (members.length > 0 && !members.some(mayBeCalled)) {
    report(frame, badOperand, node.fn.span, { operation: ".(…)", expected: "a function", actual: show(fn) });
  }
  return union(...members.map((member) => (member.kind === "fn" ? member.result : dynamic)), none);
}

function mayBeCalled({ kind }: Type): boolean {
  return kind === "fn" || kind === "dynamic" || kind === "variable";
}
