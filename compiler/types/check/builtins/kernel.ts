import { indistinct } from "../../../diagnostics/catalog/type.ts";
import { constantValue } from "../../../flow/constants.ts";
import type { Span } from "../../../source/source.ts";
import { dynamic, none } from "../../construct.ts";
import { mapMembers } from "../../join.ts";
import type { Type } from "../../type.ts";
import { type Frame, report } from "../frame.ts";
import type { BuiltIn, BuiltIns } from "./built-in.ts";

const raises: BuiltIn = () => none;

const told: { readonly [guard: string]: { readonly kind: string; readonly form: string } | undefined } = {
  is_atom: { kind: "an atom", form: "a text" },
  is_tuple: { kind: "a tuple", form: "a list" },
};

/** At run time an atom is a text and a tuple a list: of a value that is not known they cannot be told apart. */
export function reportIndistinct(guard: string, value: Type, span: Span, frame: Frame): void {
  const kinds = told[guard];
  if (kinds && value.kind === "dynamic") report(frame, indistinct, span, kinds);
}

const tellsKinds: BuiltIn = (node, [value = dynamic], frame) => {
  reportIndistinct(node.name.text, value, node.span, frame);
  return null;
};

export const kernelBuiltIns: BuiltIns = {
  "Kernel.raise": raises,
  "Kernel.reraise": raises,
  "Kernel.is_atom": tellsKinds,
  "Kernel.is_tuple": tellsKinds,
  "Kernel.then": (_node, [, fn]) => (fn?.kind === "fn" ? fn.result : null),
  "Kernel.tap": (_node, [value]) => value ?? null,
  "Kernel.elem": (node, [tuple = dynamic], frame) => {
    const index = node.args[1] && constantValue(node.args[1], frame.module, frame.checker.resolved)?.value;
    return typeof index === "number" ? mapMembers(tuple, (member) => itemAt(member, index)) : null;
  },
};

function itemAt(member: Type, index: number): Type {
  return member.kind === "tuple" ? (member.items[index] ?? none) : dynamic;
}
