/** Expressions: operators by their precedence, and the operands between them. */
import type { CstNode, IToken } from "@durablec/grammar";
import { isToken, node, nodes, theNode, theToken, token, valueIn } from "../../ast/from-cst/cst.ts";
import { type InfixTerm, type Term, termOf } from "../../ast/from-cst/terms.ts";
import type { Arrows, Binary, Call, Callee, ClauseBody, Form } from "../forms.ts";
import { bare, type Given, indexOf, inParentheses, listOf, mapOf, nothingGiven, tupleOf } from "./arguments.ts";
import { clausesOf, placesIn, sectionBody, statementsIn } from "./bodies.ts";
import { around, beginsLine, endOf, endsLine, lineOf, placeOf } from "./lines.ts";
import { type Sections, sectionsOf } from "./sections.ts";
import { rawHeredoc, textOf } from "./texts.ts";
import { literalWord, moduleWord, nameWord } from "./words.ts";

export function formOf(source: string, expression: CstNode): Form {
  return formOfTerm(source, termOf(expression));
}

export function formOfTerm(source: string, term: Term): Form {
  switch (term.kind) {
    case "operand":
      return operandOf(source, term.node);
    case "prefix": {
      const operand = formOfTerm(source, term.operand);
      return { kind: "unary", operator: term.operator.image, operand, ...around(lineOf(term.operator), operand) };
    }
    case "infix":
      return infixOf(source, term);
  }
}

function infixOf(source: string, { symbol, operator, left, right }: InfixTerm): Binary {
  const [before, after] = [formOfTerm(source, left), formOfTerm(source, right)];
  // Where a line is broken after `=` is decided by its length alone.
  const newline = symbol !== "=" && (beginsLine(source, operator) || endsLine(source, endOf(operator)));
  return {
    kind: "binary",
    operator: symbol,
    left: before,
    right: after,
    newline,
    ...around(lineOf(operator), before, after),
  };
}

/** A value and what follows it, from left to right. */
function operandOf(source: string, operand: CstNode): Form {
  let form = valueForm(source, operand);
  for (const suffix of nodes(operand, "suffix")) form = follow(source, form, suffix);
  const given = node(operand, "bareArguments");
  if (given) form = called(form, bare(source, given));
  const block = node(operand, "doBlock");
  return block ? withSections(form, sectionsOf(source, block)) : form;
}

function valueForm(source: string, operand: CstNode): Form {
  const value = valueIn(operand);
  if (!isToken(value)) return compound(source, value);
  if (token(operand, "Name")) return nameWord(value);
  if (token(operand, "ModuleName")) return moduleWord(value);
  return rawHeredoc(value) ?? literalWord(value);
}

function compound(source: string, value: CstNode): Form {
  switch (value.name) {
    case "text":
      return textOf(source, value);
    case "constant":
      return constantOf(theToken(value, "At"), theToken(value, "Name"));
    case "list":
      return listOf(source, value);
    case "tuple":
      return tupleOf(source, value);
    case "map":
      return mapOf(source, value);
    case "fn":
      return fnOf(source, value);
    default:
      return groupOf(source, value);
  }
}

/** `@name`, where it is read. */
export function constantOf(at: IToken, name: IToken): Form {
  return { kind: "word", text: `@${name.image}`, role: "name", ...placeOf(at) };
}

function fnOf(source: string, fn: CstNode): Form {
  const [start, end] = [theToken(fn, "Fn"), theToken(fn, "End")];
  const [from, to] = [lineOf(start), lineOf(end)];
  const clauses = clausesOf(source, statementsIn(theNode(fn, "block")), to);
  const body = { kind: "clauses", clauses, from, to } as const;
  return { kind: "fn", body, newline: endsLine(source, endOf(start)), ...around(from, ...placesIn(body)) };
}

/** Parentheses that only group mean nothing once precedence is known. */
function groupOf(source: string, group: CstNode): Form {
  const from = lineOf(theToken(group, "ParenStart"));
  const body = sectionBody(source, theNode(group, "block"), from, lineOf(theToken(group, "ParenEnd")));
  if (body.kind === "clauses") return arrowsOf(body, from);
  const [only, another] = body.statements;
  if (!only || another) return { kind: "sequence", body, ...around(from, ...placesIn(body)) };
  const { form } = only;
  if (form.kind !== "unary" || !["not", "!"].includes(form.operator)) return form;
  return { ...around(form.line, form), kind: "negation", inner: form };
}

/** It is counted at its arrow, and there is no place for a comment behind its result. */
function arrowsOf({ clauses, ...rest }: ClauseBody, from: number): Arrows {
  const last = clauses.length - 1;
  const closed = clauses.map((clause, index) =>
    index < last ? clause : { ...clause, body: { ...clause.body, to: 0 } },
  );
  const body = { ...rest, clauses: closed };
  return { kind: "arrows", body, ...around(clauses[0]?.line ?? from, { first: from, last: from }, ...placesIn(body)) };
}

function follow(source: string, form: Form, suffix: CstNode): Form {
  const access = node(suffix, "access");
  if (access) {
    const index = indexOf(source, access);
    return { kind: "access", target: form, index, ...around(index.line, form, index) };
  }
  const dot = token(suffix, "Dot");
  const given = node(suffix, "callArguments");
  if (!dot) return called(form, inParentheses(source, given!));
  const line = lineOf(dot);
  if (given) return callOf({ kind: "anonymous", target: form }, inParentheses(source, given), line);
  const members = node(suffix, "tuple");
  if (members) return membersOf(source, form, members, line);
  const name = token(suffix, "Name") ?? theToken(suffix, "ModuleName");
  if (form.kind === "word" && form.role === "module" && token(suffix, "ModuleName")) {
    return { ...form, text: `${form.text}.${name.image}` };
  }
  return callOf({ kind: "remote", target: form, name: name.image }, nothingGiven, line);
}

/** `target.{A, B}`. */
function membersOf(source: string, target: Form, members: CstNode, line: number): Call {
  const { items, newline, to } = tupleOf(source, members);
  return callOf({ kind: "members", target }, { ...nothingGiven, args: items, newline, to }, line);
}

export function callOf(
  callee: Callee,
  given: Given,
  line: number,
  sections: Sections = { sections: [], end: 0 },
): Call {
  const target = "target" in callee ? callee.target : null;
  const blocks = sections.sections.flatMap(({ body, line }) => [{ first: line, last: line }, ...placesIn(body)]);
  const place = around(line, target, ...given.args, ...given.options, ...blocks);
  return { kind: "call", callee, ...given, ...sections, ...place };
}

/** A name or a field that turns out to be called; anything else gives what is called. */
function called(form: Form, given: Given): Call {
  if (form.kind === "word" && form.role === "name") return callOf(localCallee(form.text), given, form.line);
  if (form.kind === "call" && isUncalled(form)) return callOf(form.callee, given, form.line);
  return callOf({ kind: "result", target: form }, given, form.line);
}

function localCallee(text: string): Callee {
  return { kind: text.startsWith("@") ? "attribute" : "local", name: text };
}

function isUncalled({ callee, args, options, parentheses, sections }: Call): boolean {
  return callee.kind === "remote" && !parentheses && args.length + options.length + sections.length === 0;
}

function withSections(form: Form, sections: Sections): Call {
  if (form.kind !== "call") return callOf({ ...called(form, nothingGiven).callee }, nothingGiven, form.line, sections);
  return callOf(form.callee, form, form.line, sections);
}
