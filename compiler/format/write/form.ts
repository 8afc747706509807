/** Forms to documents: which part of the writer writes what. */
import type { Form } from "../forms.ts";
import { type Doc, text } from "../layout/doc.ts";
import { sequenceDoc } from "./bodies.ts";
import { accessDoc, callDoc } from "./calls.ts";
import { arrowsDoc, fnDoc } from "./clauses.ts";
import { collectionDoc, optionsDoc, pairDoc } from "./collections.ts";
import { binaryDoc, unaryDoc } from "./operators.ts";
import { textDoc } from "./texts.ts";
import type { Standing, Writer } from "./writer.ts";

export function formDoc(writer: Writer, form: Form, standing: Standing): Doc {
  switch (form.kind) {
    case "word":
      return text(form.text);
    case "text":
      return textDoc(writer, form);
    case "sequence":
      return sequenceDoc(writer, form);
    case "negation":
      return unaryDoc(writer, form.inner, standing);
    case "list":
    case "tuple":
    case "map":
      return collectionDoc(writer, form);
    case "pair":
      return pairDoc(writer, form, standing);
    case "options":
      return optionsDoc(writer, form, standing);
    case "call":
      return callDoc(writer, form, standing);
    case "access":
      return accessDoc(writer, form);
    case "unary":
      return unaryDoc(writer, form, standing);
    case "binary":
      return binaryDoc(writer, form, standing);
    case "fn":
      return fnDoc(writer, form);
    case "arrows":
      return arrowsDoc(writer, form.body);
  }
}
