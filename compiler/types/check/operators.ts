import type { Binary, BinaryOperator, Expr, Unary } from "../../ast/nodes.ts";
import { badOperand, maybeNil } from "../../diagnostics/catalog/type.ts";
import { compatible } from "../assignable.ts";
import { boolean, dynamic, float, integer, listOf, string } from "../construct.ts";
import { kindOf, membersOf, union } from "../join.ts";
import { falsy, truthy } from "../narrow.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { elementOf } from "./collections.ts";
import { assume } from "./conditions.ts";
import { alternatives, type Frame, report } from "./frame.ts";
import { infer } from "./infer.ts";
import { mayBeNil } from "./late.ts";

const number = union(integer, float);

interface Operator {
  /** What both sides have to be, and how to say it; null when anything will do. */
  readonly operands: { readonly type: Type; readonly shown: string } | null;
  readonly result: (left: Type, right: Type) => Type;
}

const numbers = { type: number, shown: "numbers" };
const booleans = { type: boolean, shown: "true or false" };
const lists = { type: listOf(dynamic), shown: "lists" };
const toBoolean = (): Type => boolean;
const comparison: Operator = { operands: null, result: toBoolean };
const arithmetic: Operator = { operands: numbers, result: arithmeticResult };

const operators: { readonly [operator in Exclude<BinaryOperator, LazyOperator>]: Operator } = {
  "+": arithmetic,
  "-": arithmetic,
  "*": arithmetic,
  "**": arithmetic,
  "/": { operands: numbers, result: () => float },
  "++": { operands: lists, result: (left, right) => listOf(union(elements(left), elements(right))) },
  "--": { operands: lists, result: (left) => listOf(elements(left)) },
  "..": { operands: { type: integer, shown: "whole numbers" }, result: () => listOf(integer) },
  "..//": { operands: null, result: () => listOf(integer) },
  "<>": { operands: { type: string, shown: "texts" }, result: () => string },
  in: comparison,
  "not in": comparison,
  "<": comparison,
  ">": comparison,
  "<=": comparison,
  ">=": comparison,
  "==": comparison,
  "!=": comparison,
  "===": comparison,
  "!==": comparison,
  "=~": comparison,
};

type LazyOperator = "&&" | "||" | "and" | "or";

export function inferBinary(node: Binary, frame: Frame): Type {
  if (isLazy(node.operator)) return inferLazy(node, node.operator, frame);
  const left = infer(node.left, frame);
  const right = infer(node.right, frame);
  const operator = operators[node.operator];
  if (operator.operands) {
    checkOperand(node.left, left, node.operator, operator.operands, frame);
    checkOperand(node.right, right, node.operator, operator.operands, frame);
  }
  return operator.result(left, right);
}

function isLazy(operator: BinaryOperator): operator is LazyOperator {
  return operator === "&&" || operator === "||" || operator === "and" || operator === "or";
}

/** The right side is reached only when the left one has not decided. */
function inferLazy(node: Binary, operator: LazyOperator, frame: Frame): Type {
  const left = infer(node.left, frame);
  if (operator === "and" || operator === "or") checkOperand(node.left, left, operator, booleans, frame);
  const goesOn = operator === "&&" || operator === "and";
  const decided = goesOn ? falsy(left) : truthy(left);
  const right = (): Type => {
    assume(node.left, goesOn, frame);
    return infer(node.right, frame);
  };
  return alternatives(frame, [() => decided, right]);
}

export function inferUnary(node: Unary, frame: Frame): Type {
  const operand = infer(node.operand, frame);
  if (node.operator === "!") return boolean;
  checkOperand(node.operand, operand, node.operator, node.operator === "not" ? booleans : numbers, frame);
  if (node.operator === "not") return boolean;
  return operand.kind === "literal" && typeof operand.value === "number" && node.operator === "-"
    ? { ...operand, value: -operand.value }
    : arithmeticResult(operand, operand);
}

/** Whole numbers stay whole; a float on either side makes a float; else it is one or the other. */
function arithmeticResult(left: Type, right: Type): Type {
  const kinds = [...membersOf(left), ...membersOf(right)].map((member) =>
    member.kind === "literal" ? kindOf(member).kind : member.kind,
  );
  if (kinds.every((kind) => kind === "integer")) return integer;
  return isFloat(left) || isFloat(right) ? float : number;
}

function isFloat(type: Type): boolean {
  return type.kind === "float" || (type.kind === "literal" && type.form === "float");
}

function elements(type: Type): Type {
  return type.kind === "dynamic" ? dynamic : union(...membersOf(type).map(elementOf));
}

function checkOperand(
  operand: Expr,
  type: Type,
  operator: string,
  expected: { readonly type: Type; readonly shown: string },
  frame: Frame,
): void {
  const others = membersOf(type).filter((member) => member.kind !== "nil");
  const hasNil = mayBeNil(operand, type, frame);
  const fits = compatible(union(...others), expected.type);
  if (!fits || (hasNil && others.length === 0)) {
    report(frame, badOperand, operand.span, { operation: operator, expected: expected.shown, actual: show(type) });
  } else if (hasNil) {
    report(frame, maybeNil, operand.span, { what: `\`${operator}\`` });
  }
}
