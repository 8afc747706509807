/** Operators: where lines break at them, and which parentheses precedence asks for. */
import { type BinaryOperatorRow, binaryOperator } from "@durablec/grammar";
import type { Binary, Form, Guard, Unary } from "../forms.ts";
import {
  broken,
  type Doc,
  firstCharacter,
  group,
  inParentheses,
  joined,
  line,
  mayBreak,
  mustFit,
  nest,
  sequence,
  space,
  text,
} from "../layout/doc.ts";
import { breaksInside, isOpen, onLinesOfTheirOwn } from "./choices.ts";
import { formDoc } from "./form.ts";
import { type Extent, type Range, withComments } from "./lists.ts";
import { beside, type Standing, type Writer } from "./writer.ts";

const withoutSpace = new Set(["..", "//"]);
const withoutBreak = new Set(["\\\\", "in", "not in"]);
const logical = new Set(["||", "or", "&&", "and"]);

/** What may go on over several lines stays on the line of these. */
const breaksAfterwards = new Set(["<-", "==", "!=", "=~", "===", "!==", "<", ">", "<=", ">=", "=", "::"]);

/** Operations beside these are always in parentheses. */
const setsApart = new Set(["|>", "in", "not in", "++", "--", "..", "<>"]);

const ampersandPrecedence = 90;

type Side = "left" | "right";

export function binaryDoc(writer: Writer, form: Binary, standing: Standing, nesting = writer.nesting): Doc {
  if (form.operator === "|>") return pipeDoc(writer, form, standing);
  if (form.operator === "|" || form.operator === "when") return leadingDoc(writer, form, standing);
  const row = binaryOperator(form.operator);
  const left = operandDoc(writer, form.left, beside(standing, "argument"), row, "left", 2);
  const inside = breaksAfterwards.has(form.operator) && breaksInside(writer, form.right) && !isOpen(writer, form);
  const right = operandDoc(writer, form.right, beside(standing, "operand"), row, "right", 0);
  if (withoutSpace.has(form.operator)) return sequence(group(left), form.operator, group(right));
  if (withoutBreak.has(form.operator)) return sequence(group(left), ` ${form.operator} `, group(right));
  const after = nest(sequence(` ${form.operator}`, space, group(inside ? mayBreak(right) : right)), nesting, true);
  const whole = sequence(group(left), group(isOpen(writer, form) ? broken(after) : after));
  return inside ? mustFit(whole) : whole;
}

/** An operand of `parent`, which stands on that side of it. */
function operandDoc(
  writer: Writer,
  form: Form,
  standing: Standing,
  parent: BinaryOperatorRow,
  side: Side,
  nesting: number,
): Doc {
  if (form.kind === "negation" && side === "left" && (parent.symbol === "in" || parent.symbol === "not in")) {
    return inParentheses(unaryDoc(writer, form.inner, standing));
  }
  if (form.kind === "unary" && form.operator === "&") {
    const doc = formDoc(writer, form, standing);
    const reachesOn = parent.associativity === "left" && parent.precedence > ampersandPrecedence;
    return side === "left" || reachesOn ? inParentheses(doc) : doc;
  }
  if (form.kind !== "binary") return formDoc(writer, form, standing);
  const own = binaryOperator(form.operator);
  const sameLevel = own.precedence === parent.precedence;
  if (sameLevel && parent.associativity === side && (side === "left" || own.symbol === parent.symbol)) {
    return binaryDoc(writer, form, standing, nesting);
  }
  const doc = binaryDoc(writer, form, standing, 2);
  return needsParentheses(own, parent, side) ? inParentheses(doc) : doc;
}

function needsParentheses(own: BinaryOperatorRow, parent: BinaryOperatorRow, side: Side): boolean {
  if (setsApart.has(parent.symbol) && !withoutSpace.has(own.symbol)) return true;
  if (logical.has(parent.symbol) && logical.has(own.symbol)) return true;
  if (parent.precedence > own.precedence) return true;
  return parent.precedence === own.precedence && parent.associativity !== side;
}

interface Operand {
  readonly form: Form;
  readonly first: number;
  readonly last: number;
}

/** `a |> b() |> c()`: on one line, or each on its own. */
function pipeDoc(writer: Writer, form: Binary, standing: Standing): Doc {
  const row = binaryOperator("|>");
  const stages: Form[] = [];
  let root: Form = form;
  for (; root.kind === "binary" && root.operator === "|>"; root = root.left) stages.unshift(root.right);
  const range = { from: root.line, to: form.line };
  return operandsDoc(writer, [root, ...stages], range, isOpen(writer, form), (operand, isRoot) => {
    if (isRoot) return operandDoc(writer, operand, beside(standing, "argument"), row, "left", 2);
    return sequence("|> ", operandDoc(writer, operand, beside(standing, "operand"), row, "right", 0));
  });
}

/** `a | b | c`, `a when b when c`: on one line, or each on its own, after the operator. */
function leadingDoc(writer: Writer, form: Binary, standing: Standing): Doc {
  const left = (root: Form) =>
    operandDoc(writer, root, beside(standing, "argument"), binaryOperator(form.operator), "left", 2);
  const doc = rightChainDoc(writer, form.operator, form.left, form.right, form, form.left.first, standing, left);
  const endsWithOptions = form.right.kind === "options";
  return endsWithOptions && (standing === "argument" || standing === "bareArgument") ? inParentheses(doc) : doc;
}

/** Parameters, which `head` writes, and their guard. */
export function guardedDoc(writer: Writer, params: readonly Form[], head: () => Doc, guard: Guard): Doc {
  const first = Math.min(guard.line, ...params.map((param) => param.first));
  const last = Math.max(first, ...params.map((param) => param.last));
  const root = { first, last };
  return rightChainDoc(writer, "when", root, guard.condition, guard, guard.line, "bareArgument", () => group(head()));
}

function rightChainDoc<Root extends Extent>(
  writer: Writer,
  operator: string,
  root: Root,
  rest: Form,
  outer: Pick<Binary, "line" | "newline">,
  from: number,
  standing: Standing,
  rootDoc: (root: Root) => Doc,
): Doc {
  const row = binaryOperator(operator);
  const chained: { form: Form; side: Side }[] = [];
  let [right, to] = [rest, outer.line];
  while (right.kind === "binary" && right.operator === operator) {
    chained.push({ form: right.left, side: "left" });
    to = right.line;
    right = right.right;
  }
  chained.push({ form: right, side: "right" });
  const items = [root, ...chained.map(({ form }) => form)];
  return operandsDoc(writer, items, { from, to }, isOpen(writer, outer), (_, isRoot, index) => {
    if (isRoot) return rootDoc(root);
    const { form, side } = chained[index - 1]!;
    const around = beside(standing, side === "left" ? "argument" : "operand");
    const doc = nest(operandDoc(writer, form, around, row, side, 0), operator.length + 1);
    return sequence(
      `${operator} `,
      form.kind === "options" && onLinesOfTheirOwn(writer, form.pairs) ? broken(doc) : doc,
    );
  });
}

function operandsDoc<Item extends Pick<Operand, "first" | "last">>(
  writer: Writer,
  operands: readonly Item[],
  range: Range,
  newline: boolean,
  write: (operand: Item, isRoot: boolean, index: number) => Doc,
): Doc {
  let index = 0;
  const { docs, commented } = withComments(writer, operands, range, (operand) => ({
    doc: write(operand, index === 0, index++),
    roomy: false,
    newlines: 1,
  }));
  return commented || newline ? broken(joined(docs, line)) : joined(docs, space);
}

export function unaryDoc(writer: Writer, form: Unary, standing: Standing): Doc {
  if (form.operator === "&") return captureDoc(writer, form.operand, standing);
  const { operator, operand } = form;
  const inner = formDoc(writer, operand, beside(standing, "operand"));
  const repeats = operand.kind === "unary" && operand.operator === operator && (operator === "!" || operator === "not");
  const doc = repeats ? inner : operandInParentheses(inner, operand);
  return sequence(operator === "not" ? "not " : operator, doc);
}

/** Operations are put in parentheses where anything but an operation can stand. */
export function operandInParentheses(doc: Doc, form: Form): Doc {
  return isOperation(form) ? inParentheses(doc) : doc;
}

export function isOperation({ kind }: Form): boolean {
  return kind === "unary" || kind === "binary" || kind === "negation";
}

/** `&(&1 + 1)`, `& &1.name`, `&String.upcase/1`. */
function captureDoc(writer: Writer, operand: Form, standing: Standing): Doc {
  const doc = referenceDoc(writer, operand) ?? operandInParentheses(formDoc(writer, operand, standing), operand);
  return sequence(firstCharacter(doc) === "&" ? "& " : "&", doc);
}

/** `String.upcase/1`, `total/1`. */
function referenceDoc(writer: Writer, form: Form): Doc | null {
  if (form.kind !== "binary" || form.operator !== "/" || form.right.kind !== "word") return null;
  const { left, right } = form;
  if (!/^\d+$/.test(right.text)) return null;
  if (left.kind === "word") return left.role === "name" ? text(`${left.text}/${right.text}`) : null;
  if (left.kind !== "call" || left.callee.kind !== "remote" || left.parentheses) return null;
  if (left.args.length + left.options.length + left.sections.length > 0) return null;
  const { target, name } = left.callee;
  const targetDoc = operandInParentheses(formDoc(writer, target, "bareArgument"), target);
  return sequence(nest(targetDoc, 1), `.${name}/${right.text}`);
}
