import type { ConstantRef, Interpolation, Literal, Sigil, Variable } from "../../ast/nodes.ts";
import { type ConstantValue, constantValue } from "../../flow/constants.ts";
import { atom, date, datetime, dynamic, listOf, nil, recordOf, required, string } from "../construct.ts";
import { literalType } from "../from-ast.ts";
import type { Type } from "../type.ts";
import type { Frame } from "./frame.ts";
import { inferAll } from "./infer.ts";

export function inferLiteral(node: Literal): Type {
  return literalType(node.type, node.value);
}

export function inferText(node: Interpolation | Sigil, frame: Frame): Type {
  inferAll(
    node.parts.filter((part) => typeof part !== "string"),
    frame,
  );
  if (node.kind === "interpolation") return node.type === "atom" ? atom : string;
  return sigilTypes[node.letter] ?? string;
}

const sigilTypes: { readonly [letter: string]: Type | undefined } = {
  w: listOf(string),
  W: listOf(string),
  U: datetime,
  D: date,
  r: dynamic,
};

export function inferVariable(node: Variable, frame: Frame): Type {
  const local = frame.checker.resolved.locals.get(node);
  if (!local) return dynamic;
  return frame.flow.narrowed.get(local) ?? frame.checker.locals.get(local) ?? dynamic;
}

/** Constants are values; their type is read off the value, where it can be folded. */
export function inferConstant(node: ConstantRef, frame: Frame): Type {
  const folded = constantValue(node, frame.module, frame.checker.resolved);
  return folded ? typeOfValue(folded.value) : dynamic;
}

/** Text might have been an atom, a list a tuple: both are said as loosely as that. */
function typeOfValue(value: ConstantValue): Type {
  if (value === null) return nil;
  if (typeof value === "string") return { kind: "literal", value, form: "string" };
  if (typeof value === "boolean") return { kind: "literal", value, form: "boolean" };
  if (typeof value === "number") return { kind: "literal", value, form: Number.isInteger(value) ? "integer" : "float" };
  if (Array.isArray(value)) return dynamic;
  return recordOf(Object.entries(value).map(([key, item]) => [key, required(typeOfValue(item))] as const));
}

/** A module is no value of the language; where one stands alone, it is an argument that names a workflow. */
export function inferModuleRef(): Type {
  return dynamic;
}
