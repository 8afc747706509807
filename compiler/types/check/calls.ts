/** Calls: the arguments, the built-in functions whose result depends on more than types, and signatures for the rest. */
import type { Call, Expr, FunctionClause } from "../../ast/nodes.ts";
import { foreignType } from "../../diagnostics/catalog/name.ts";
import { badArgument, maybeNil, noClause } from "../../diagnostics/catalog/type.ts";
import type { CallTarget, ForeignExport, FunctionDefinition, PreludeFunction } from "../../resolve/resolved.ts";
import { compatible } from "../assignable.ts";
import { dynamic, mistaken } from "../construct.ts";
import { compared } from "../explain.ts";
import { sequence } from "../flow.ts";
import { membersOf } from "../join.ts";
import { show } from "../show.ts";
import type { FnOf, Type } from "../type.ts";
import { type Bindings, learnVariables, substitute, variablesIn } from "../variables.ts";
import { builtIns } from "./builtins/index.ts";
import { type Frame, report, setWrites } from "./frame.ts";
import { type FunctionValue, inferFunctionValue, isFunctionValue } from "./functions.ts";
import { infer, inferAll } from "./infer.ts";
import { mayBeNil, reportLateGiven, reportLateReads } from "./late.ts";
import { mayMatch } from "./patterns.ts";
import { accumulated } from "./rounds.ts";
import { summaryAt } from "./sites.ts";

export function inferCall(node: Call, frame: Frame): Type {
  const target = frame.checker.resolved.calls.get(node);
  if (!target) {
    inferAll(node.args, frame);
    return mistaken;
  }
  return inferTarget(node, target, frame);
}

function inferTarget(node: Call, target: CallTarget, frame: Frame): Type {
  switch (target.kind) {
    case "prelude":
      return inferPrelude(node, target.function, frame);
    case "function": {
      const args = inferAll(node.args, frame);
      const summary = summaryAt(target.function, args, frame.checker);
      setWrites(frame, sequence(frame.flow.writes, summary.writes));
      reportLateReads(node, summary.lateReads, frame);
      if (target.function.spec) checkArguments(node, args, summary.params, target.function.name, frame);
      else checkClauses(node, args, target.function, frame);
      return summary.result;
    }
    case "foreign": {
      const args = inferAll(node.args, frame);
      checkArguments(
        node,
        args,
        paramsOf(target.export, args.length),
        `${target.module.name}.${node.name.text}`,
        frame,
      );
      return checkStorable(node, target.export, frame) ? target.export.result : mistaken;
    }
  }
}

/** Without a `@spec`, what a function takes is what its clauses match; guards are left out of account. */
function checkClauses(node: Call, args: readonly Type[], { clauses, module }: FunctionDefinition, frame: Frame): void {
  const inside = { ...frame, module };
  const takes = (clause: FunctionClause, index: number): boolean => {
    const [type, param] = [args[index], clause.params[index]];
    return type === undefined || type.kind === "none" || !param || mayMatch(param.pattern, type, inside);
  };
  if (clauses.some((clause) => args.every((_, index) => takes(clause, index)))) return;
  const index = args.findIndex((_, at) => !clauses.some((clause) => takes(clause, at)));
  const [arg, type] = [node.args[index], args[index]];
  if (arg && type) report(frame, noClause, arg.span, { actual: show(type) });
  else report(frame, noClause, node.span, { actual: `a call with ${args.map(show).join(", ")}` });
}

/** Values are JSON: what has no such form can be passed over, but not taken. */
function checkStorable(node: Call, { unstorable }: ForeignExport, frame: Frame): boolean {
  if (unstorable === undefined || frame.checker.discarded.has(node)) return true;
  report(frame, foreignType, node.span, { name: node.name.text, type: unstorable });
  return false;
}

/** With the type of further arguments repeated for each of them. */
function paramsOf({ params, rest }: ForeignExport, arity: number): readonly Type[] {
  return rest ? Array.from({ length: arity }, (_, index) => params[index] ?? rest) : params;
}

function inferPrelude(node: Call, signature: PreludeFunction, frame: Frame): Type {
  const bindings: Bindings = new Map();
  const args = inferArguments(node, signature, bindings, frame);
  const special = builtIns[`${signature.module}.${signature.name}`]?.(node, args, frame);
  if (special) return special;
  const params = signature.params.map((param) => substitute(param, new Map()));
  checkArguments(node, args, params, shownName(signature), frame);
  return substitute(signature.result, bindings);
}

function shownName(signature: PreludeFunction): string {
  const isLocal = signature.module === "Kernel" || signature.module.startsWith("Durable");
  return isLocal ? signature.name : `${signature.module}.${signature.name}`;
}

/** Functions come last, so that the other arguments can tell what they are given. */
function inferArguments(node: Call, signature: PreludeFunction, bindings: Bindings, frame: Frame): Type[] {
  const types = new Map<Expr, Type>();
  for (const [index, arg] of node.args.entries()) {
    if (isFunctionValue(arg)) continue;
    const type = infer(arg, frame);
    types.set(arg, type);
    const param = signature.params[index];
    if (param) learnVariables(param, type, bindings);
  }
  for (const [index, arg] of node.args.entries()) {
    if (!isFunctionValue(arg)) continue;
    const param = functionIn(signature.params[index]);
    const type = inferFunctionValue(arg, param ? paramsFor(param, bindings, arg, frame) : [], frame);
    types.set(arg, type);
    if (param) learnVariables(param, type, bindings);
  }
  return node.args.map((arg) => types.get(arg) ?? dynamic);
}

function functionIn(param: Type | undefined): FnOf | null {
  const found = param ? membersOf(param).find((member) => member.kind === "fn") : undefined;
  return found?.kind === "fn" ? found : null;
}

/** Of what the function itself makes, the rounds before tell what the next one is given. */
function paramsFor(param: FnOf, bindings: Bindings, arg: FunctionValue, frame: Frame): Type[] {
  const { result } = param;
  const given = (made: Bindings) => param.params.map((type) => substitute(type, new Map([...bindings, ...made])));
  if (result.kind !== "variable") return given(new Map(variablesIn(result).map((name) => [name, dynamic])));
  const initial = bindings.get(result.name);
  const isTaken = param.params.some((type) => variablesIn(type).includes(result.name));
  if (initial === undefined || !isTaken) return given(new Map([[result.name, dynamic]]));
  const made = accumulated(initial, frame, (before, inside) => {
    const type = inferFunctionValue(arg, given(new Map([[result.name, before]])), inside);
    return type.kind === "fn" ? type.result : dynamic;
  });
  return given(new Map([[result.name, made]]));
}

function checkArguments(node: Call, args: readonly Type[], params: readonly Type[], name: string, frame: Frame): void {
  for (const [index, arg] of node.args.entries()) {
    const [actual, expected] = [args[index], params[index]];
    if (actual && expected) checkArgument(arg, actual, expected, name, frame);
  }
}

function checkArgument(arg: Expr, actual: Type, expected: Type, name: string, frame: Frame): void {
  if (compatible(actual, expected)) {
    if (mayBeNil(arg, actual, frame) && !compatible({ kind: "nil" }, expected))
      report(frame, maybeNil, arg.span, { what: `\`${name}\`` });
    else reportLateGiven(arg.span, actual, expected, frame);
    return;
  }
  const params = { name, ...compared(actual, expected) };
  report(frame, badArgument, arg.span, params);
}
