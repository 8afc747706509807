import { constantValue } from "../../../flow/constants.ts";
import { dynamic, none } from "../../construct.ts";
import { mapMembers } from "../../join.ts";
import type { Type } from "../../type.ts";
import type { BuiltIn, BuiltIns } from "./built-in.ts";

const raises: BuiltIn = () => none;

export const kernelBuiltIns: BuiltIns = {
  "Kernel.raise": raises,
  "Kernel.reraise": raises,
  "Kernel.throw": raises,
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
