/** What is kept beyond a body, as data, in the context or as a child's input, has a JSON form. A function has none. */
import type { Expr } from "../../ast/nodes.ts";
import { notSerializable } from "../../diagnostics/catalog/flow-values.ts";
import type { Span } from "../../source/source.ts";
import { dynamic } from "../construct.ts";
import { mapFields } from "../join.ts";
import { fieldHoldsFunction, holdsFunction } from "../shape.ts";
import type { RecordOf } from "../type.ts";
import { type Frame, report } from "./frame.ts";

/** Points at the function itself where it is written out. */
export function checkStored(value: Expr, frame: Frame): void {
  const span = functionIn(value, frame);
  if (span) report(frame, notSerializable, span, { what: "A function", why: "becomes part of the data" });
}

function functionIn(value: Expr, frame: Frame): Span | null {
  if (!holdsFunction(frame.checker.types.get(value) ?? dynamic)) return null;
  for (const part of partsOf(value)) {
    const span = functionIn(part, frame);
    if (span) return span;
  }
  return value.span;
}

function partsOf(value: Expr): readonly Expr[] {
  if (value.kind === "map") return value.entries.map((entry) => entry.value);
  return value.kind === "tuple" || value.kind === "list" ? value.items : [];
}

/** Data as it goes on after a function in it has been reported. */
export function withoutFunctions(data: RecordOf): RecordOf {
  if (![...data.fields.values()].some(fieldHoldsFunction)) return data;
  return mapFields(data, (field) => (fieldHoldsFunction(field) ? { type: dynamic, optional: field.optional } : field));
}
