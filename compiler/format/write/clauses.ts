/** Everything with an arrow: clauses, functions, types of functions. */
import type { Body, Clause, ClauseBody, Fn, Form } from "../forms.ts";
import {
  broken,
  type Doc,
  group,
  inParentheses,
  joined,
  line,
  nest,
  sequence,
  softBreak,
  space,
  text,
  ungrouped,
} from "../layout/doc.ts";
import { bodyDoc } from "./bodies.ts";
import { isOpen } from "./choices.ts";
import { formDoc } from "./form.ts";
import { withComments } from "./lists.ts";
import { guardedDoc } from "./operators.ts";
import type { Writer } from "./writer.ts";

export function fnDoc(writer: Writer, fn: Fn): Doc {
  const { body } = fn;
  const [only, another] = body.clauses;
  if (!only || another || (isOpen(writer, fn) && isHeaded(only))) {
    return broken(sequence(nest(sequence("fn", line, clausesDoc(writer, body)), 2), line, "end"));
  }
  const head = isHeaded(only)
    ? sequence("fn ", group(nest(sequence(ungrouped(headDoc(writer, only, only.line)), " ->"), "cursor")))
    : text("fn ->");
  const inner = bodyDoc(writer, { ...only.body, from: only.line });
  return group(opened(writer, sequence(nest(sequence(head, space, inner), 2), space, "end"), body.clauses));
}

function isHeaded({ params, guard }: Clause): boolean {
  return params.length > 0 || guard !== null;
}

/** `(a -> b)`. */
export function arrowsDoc(writer: Writer, body: ClauseBody): Doc {
  const [only, another] = body.clauses;
  if (!only || another) {
    return broken(sequence(nest(sequence("(", line, clausesDoc(writer, body)), 2), line, ")"));
  }
  if (!isHeaded(only)) {
    return group(opened(writer, sequence("(() -> ", nest(bodyDoc(writer, only.body), "cursor"), ")"), body.clauses));
  }
  return group(opened(writer, inParentheses(clauseParts(writer, only, only.line)), body.clauses));
}

/** Clauses below each other; with room between them where one takes several lines. */
export function clausesDoc(writer: Writer, { clauses, from }: ClauseBody): Doc {
  const docs = clauses.map((clause) => clauseDoc(writer, clause, from));
  const separator = sequence(nest(softBreak, "margin"), line);
  return group(opened(writer, joined(docs, separator), clauses));
}

/** Where one body begins on a line of its own, all do. */
function opened(writer: Writer, doc: Doc, clauses: readonly Clause[]): Doc {
  return clauses.some((clause) => isOpen(writer, clause)) ? broken(doc) : doc;
}

function clauseDoc(writer: Writer, clause: Clause, from: number): Doc {
  if (isHeaded(clause)) return clauseParts(writer, clause, from);
  return nest(sequence("() ->", space, bodyDoc(writer, clause.body)), 2);
}

function clauseParts(writer: Writer, clause: Clause, from: number): Doc {
  const { nesting } = writer;
  writer.nesting = nesting + 2;
  const head = headDoc(writer, clause, from);
  writer.nesting = nesting;
  const body: Body = { ...clause.body, from };
  return sequence(group(sequence(ungrouped(head), " ->")), nest(sequence(space, bodyDoc(writer, body)), 2));
}

/** What stands before the arrow, with the comments above it. */
function headDoc(writer: Writer, clause: Clause, from: number): Doc {
  const forms = clause.guard ? [...clause.params, clause.guard.condition, clause.guard] : clause.params;
  const first = Math.min(...forms.map((form) => form.first));
  const last = Math.max(...forms.map((form) => form.last));
  const { docs, commented } = withComments(writer, [{ first, last }], { from, to: 0 }, () => ({
    doc: paramsAndGuard(writer, clause),
    roomy: false,
    newlines: 1,
  }));
  return joined(docs, commented ? line : space);
}

function paramsAndGuard(writer: Writer, { params, guard }: Clause): Doc {
  const head = () => (params.length > 0 ? paramsDoc(writer, params) : text("()"));
  return guard ? guardedDoc(writer, params, head, guard) : head();
}

function paramsDoc(writer: Writer, params: readonly Form[]): Doc {
  const docs = params.map((param) => formDoc(writer, param, "bareArgument"));
  return joined(docs, sequence(",", space));
}
