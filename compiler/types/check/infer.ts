/**
 * Gives every expression its type, each once, in the order of evaluation. One file for each family of nodes; this one
 * only knows which family a node belongs to.
 */
import type { Expr } from "../../ast/nodes.ts";
import { dynamic } from "../construct.ts";
import type { Type } from "../type.ts";
import { inferBlock, inferCase, inferCond, inferIf, inferWith } from "./branches.ts";
import { inferCall } from "./calls.ts";
import { inferAccess, inferField, inferList, inferMap, inferTuple } from "./collections.ts";
import type { Frame } from "./frame.ts";
import { inferApply, inferCapture, inferCaptureArgument, inferFn, inferFunctionRef } from "./functions.ts";
import { inferConstant, inferLiteral, inferModuleRef, inferText, inferVariable } from "./leaves.ts";
import { inferFor } from "./loops.ts";
import { inferMatch, inferMatchTest } from "./match.ts";
import { inferBinary, inferUnary } from "./operators.ts";
import { inferTry } from "./rescue.ts";

/** Whether the value of an expression is the value of the body: then its ends are gathered one by one. */
export type Position = "value" | "tail";

type Inferences = {
  readonly [K in Expr["kind"]]: (node: Extract<Expr, { kind: K }>, frame: Frame, position: Position) => Type;
};

const inferences: Inferences = {
  literal: inferLiteral,
  interpolation: inferText,
  sigil: inferText,
  variable: inferVariable,
  constantRef: inferConstant,
  moduleRef: inferModuleRef,
  list: inferList,
  tuple: inferTuple,
  map: inferMap,
  unary: inferUnary,
  binary: inferBinary,
  match: inferMatch,
  call: inferCall,
  apply: inferApply,
  field: inferField,
  access: inferAccess,
  fn: inferFn,
  capture: inferCapture,
  captureArgument: inferCaptureArgument,
  functionRef: inferFunctionRef,
  case: inferCase,
  cond: inferCond,
  if: inferIf,
  with: inferWith,
  for: inferFor,
  try: inferTry,
  matchTest: inferMatchTest,
  block: inferBlock,
  invalid: () => dynamic,
};

/** These hand on their position to the arms in them. */
const structured: ReadonlySet<Expr["kind"]> = new Set(["block", "case", "cond", "if", "with"]);

export function infer(expr: Expr, frame: Frame, position: Position = "value"): Type {
  const inference = inferences[expr.kind] as (node: Expr, frame: Frame, position: Position) => Type;
  const type = inference(expr, frame, position);
  frame.checker.types.set(expr, type);
  if (position === "tail" && !structured.has(expr.kind)) {
    frame.returns.push({ type, writes: frame.flow.writes, span: expr.span, expr });
  }
  return type;
}

export function inferAll(exprs: readonly Expr[], frame: Frame): Type[] {
  return exprs.map((expr) => infer(expr, frame));
}
