/**
 * An operand: a value and what follows it without an operator (fields, calls, accesses, a `do` block), folded from left
 * to right. A name is not yet a variable or a call until what follows it is known.
 */
import type { CstNode } from "@durablec/grammar";
import * as callRules from "../../diagnostics/catalog/syntax-calls.ts";
import * as textRules from "../../diagnostics/catalog/syntax-text.ts";
import * as unsupportedRules from "../../diagnostics/catalog/syntax-unsupported.ts";
import type { Span } from "../../source/source.ts";
import type { Expr, ModuleRef, Name } from "../nodes.ts";
import { type Arguments, argumentsOf, noArguments, refuseOpenCall, valuesOf } from "./arguments.ts";
import { callOf } from "./calls.ts";
import { fnClauses } from "./clauses.ts";
import { listOf, mapOf, tupleOf } from "./collections.ts";
import { type Context, excerpt, report } from "./context.ts";
import { isToken, nameOf, node, nodes, spanOf, theNode, theToken, token, valueIn } from "./cst.ts";
import { buildBlock, buildExpr, invalid } from "./expressions.ts";
import { literalOf } from "./literals.ts";
import { textOf } from "./texts.ts";

/** What has been read so far; `span` includes parentheses around it. */
export type Head =
  | { readonly kind: "value"; readonly span: Span; readonly expr: Expr }
  | { readonly kind: "local"; readonly span: Span; readonly name: Name }
  | { readonly kind: "remote"; readonly span: Span; readonly module: ModuleRef; readonly name: Name }
  | { readonly kind: "member"; readonly span: Span; readonly object: Expr; readonly key: Name };

/** What a call is given. */
export interface Given {
  readonly args: Arguments;
  readonly block: CstNode | null;
  readonly piped: Expr | null;
  readonly parentheses: boolean;
  readonly span: Span;
}

/** More fields or calls in a row than this would exhaust the stack of later phases. */
const longestChain = 500;

/** `span` is that of the operand, or of the whole pipe when `piped` comes in as first argument. */
export function buildOperand(context: Context, operand: CstNode, span: Span, piped: Expr | null): Expr {
  return operand.parts.length === 1 && !piped
    ? settle(headOf(context, operand))
    : buildFollowed(context, operand, span, piped);
}

function buildFollowed(context: Context, operand: CstNode, span: Span, piped: Expr | null): Expr {
  const suffixes = nodes(operand, "suffix");
  const bare = node(operand, "bareArguments");
  const block = node(operand, "doBlock");
  if (suffixes.length > longestChain) {
    report(context, textRules.tooDeep, span, { what: `${suffixes.length} fields or calls in a row` });
    return invalid(span);
  }
  let head = headOf(context, operand);
  const start = piped ? span.start : head.span.start;
  for (const suffix of suffixes) {
    const last = suffix === suffixes.at(-1) && !bare;
    const end = (last && block ? block : suffix).span.end;
    const given = { block: last ? block : null, piped: last ? piped : null, span: { start, end } };
    head = follow(context, head, suffix, given);
  }
  const called = suffixes.length > 0 && node(suffixes.at(-1)!, "callArguments") !== null;
  if (bare || (block && !called)) {
    const args = bare ? argumentsOf(context, bare) : noArguments;
    return callOf(context, head, { args, block, piped, parentheses: false, span });
  }
  return piped && !called ? pipedInto(context, head, piped, span) : settle(head);
}

function headOf(context: Context, operand: CstNode): Head {
  const part = valueIn(operand);
  const span = spanOf(part);
  if (!isToken(part)) return { kind: "value", span, expr: compound(context, part) };
  const module = moduleNamed(context, operand);
  if (module) return { kind: "value", span, expr: moduleRef(module) };
  if (token(operand, "Name")) return { kind: "local", span, name: nameOf(part) };
  return { kind: "value", span, expr: literalOf(context, part) };
}

/** A module's name, or the word for the one around. */
export function moduleNamed({ module }: Context, operand: CstNode): Name | null {
  const name = token(operand, "ModuleName");
  if (name) return nameOf(name);
  const word = token(operand, "Name");
  return word?.image === "__MODULE__" ? { text: module, span: spanOf(word) } : null;
}

function moduleRef({ text, span }: Name): ModuleRef {
  return { kind: "moduleRef", span, name: text, erlang: false };
}

function compound(context: Context, part: CstNode): Expr {
  switch (part.name) {
    case "text":
      return textOf(context, part);
    case "constant":
      return { kind: "constantRef", span: spanOf(part), name: theToken(part, "Name").image };
    case "group":
      return groupOf(context, part);
    case "list":
      return listOf(context, part);
    case "tuple":
      return tupleOf(context, part);
    case "map":
      return mapOf(context, part);
    case "fn":
      return {
        kind: "fn",
        span: spanOf(part),
        clauses: fnClauses(context, theNode(part, "block"), "fn", spanOf(part)),
      };
    default:
      report(context, unsupportedRules.unsupportedBinary, spanOf(part), undefined);
      return invalid(spanOf(part));
  }
}

function groupOf(context: Context, group: CstNode): Expr {
  const block = buildBlock(context, theNode(group, "block"), spanOf(group));
  const [only, more] = block.expressions;
  return only && !more ? only : block;
}

/** What a head means when nothing more follows. */
function settle(head: Head): Expr {
  switch (head.kind) {
    case "value":
      return head.expr;
    case "local":
      return { kind: "variable", span: head.span, name: head.name.text };
    case "remote":
      return {
        kind: "call",
        span: head.span,
        module: head.module,
        name: head.name,
        args: [],
        keywords: false,
        piped: false,
        parentheses: false,
      };
    case "member":
      return { kind: "field", span: head.span, object: head.object, key: head.key };
  }
}

function follow(context: Context, head: Head, suffix: CstNode, given: Pick<Given, "block" | "piped" | "span">): Head {
  const { span } = given;
  const access = node(suffix, "access");
  if (access) {
    const index = theNode(access, "expression");
    refuseOpenCall(context, index);
    const key = buildExpr(context, index);
    return { kind: "value", span, expr: { kind: "access", span, object: settle(head), key } };
  }
  const called = node(suffix, "callArguments");
  if (!called) return member(context, head, suffix, span);
  const args = argumentsOf(context, called);
  const expr = token(suffix, "Dot")
    ? applyOf(context, settle(head), args, given)
    : callOf(context, head, { args, block: given.block, piped: given.piped, parentheses: true, span });
  return { kind: "value", span, expr };
}

function applyOf(context: Context, fn: Expr, args: Arguments, { piped, span }: Pick<Given, "piped" | "span">): Expr {
  const values = valuesOf(context, args);
  return { kind: "apply", span, fn, args: piped ? [piped, ...values] : values, piped: piped !== null };
}

function member(context: Context, head: Head, suffix: CstNode, span: Span): Head {
  const word = token(suffix, "Name");
  const object = settle(head);
  const inner = token(suffix, "ModuleName");
  if (inner && object.kind === "moduleRef") {
    return { kind: "value", span, expr: moduleRef({ text: `${object.name}.${inner.image}`, span }) };
  }
  if (!word) {
    const place = spanOf(suffix);
    report(context, callRules.badField, place, { text: excerpt(context, place) });
    return { kind: "value", span, expr: invalid(span) };
  }
  const name = nameOf(word);
  if (object.kind === "moduleRef") return { kind: "remote", span, module: object, name };
  if (object.kind === "literal" && object.type === "atom") {
    const module: ModuleRef = { kind: "moduleRef", span: object.span, name: String(object.value), erlang: true };
    return { kind: "remote", span, module, name };
  }
  return { kind: "member", span, object, key: name };
}

/** `x |> Module.name` is a call; `x |> name` is refused, as in Elixir. */
function pipedInto(context: Context, head: Head, piped: Expr, span: Span): Expr {
  if (head.kind === "remote") {
    return callOf(context, head, { args: noArguments, block: null, piped, parentheses: false, span });
  }
  if (head.kind === "value" && head.expr.kind === "invalid") return head.expr;
  const target = head.kind === "local" ? head.name.text : null;
  report(context, callRules.badPipe, head.span, { target });
  return invalid(span);
}
