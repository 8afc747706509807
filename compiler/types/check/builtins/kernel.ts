import { indistinct } from "../../../diagnostics/catalog/type.ts";
import { constantValue } from "../../../flow/constants.ts";
import { dynamic, none } from "../../construct.ts";
import { mapMembers } from "../../join.ts";
import type { Type } from "../../type.ts";
import { report } from "../frame.ts";
import type { BuiltIn, BuiltIns } from "./built-in.ts";

const raises: BuiltIn = () => none;

/** At run time an atom is a text and a tuple a list: of a value that is not known they cannot be told apart. */
const tellsKinds =
  (kind: string, form: string): BuiltIn =>
  (node, [value = dynamic], frame) => {
    if (value.kind === "dynamic") report(frame, indistinct, node.span, { kind, form });
    return null;
  };

export const kernelBuiltIns: BuiltIns = {
  "Kernel.raise": raises,
  "Kernel.reraise": raises,
  "Kernel.is_atom": tellsKinds("an atom", "a text"),
  "Kernel.is_tuple": tellsKinds("a tuple", "a list"),
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
