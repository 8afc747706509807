/** Statements below each other. */
import type { Body, ClauseBody, Form, Sequence } from "../forms.ts";
import { broken, type Doc, empty, group, isEmpty, joined, line, surrounded } from "../layout/doc.ts";
import { clausesDoc } from "./clauses.ts";
import { formDoc } from "./form.ts";
import { withComments } from "./lists.ts";
import type { Writer } from "./writer.ts";

export function bodyDoc(writer: Writer, { statements, from, to }: Body): Doc {
  const items = statements.map((statement) => ({
    ...statement,
    first: statement.form.first,
    last: statement.form.last,
  }));
  const { docs } = withComments(writer, items, { from, to }, ({ form, newlines }) => ({
    doc: formDoc(writer, form, "block"),
    roomy: !isAttribute(form),
    newlines,
  }));
  const [only, another] = docs;
  if (!only) return empty;
  return another ? broken(joined(docs, line)) : only;
}

/** Attributes stand close to each other and to what they are about. */
function isAttribute(form: Form): boolean {
  return form.kind === "call" ? form.callee.kind === "attribute" : form.kind === "word" && form.text.startsWith("@");
}

/** What stands between `do` and `end`. */
export function sectionDoc(writer: Writer, body: Body | ClauseBody): Doc {
  if (body.kind === "clauses") return clausesDoc(writer, body);
  const doc = bodyDoc(writer, body);
  return isEmpty(doc) ? doc : group(doc);
}

export function sequenceDoc(writer: Writer, { body }: Sequence): Doc {
  return surrounded("(", bodyDoc(writer, body), ")");
}
