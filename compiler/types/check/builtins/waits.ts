/** Waits whose result depends on the value their timeout gives. */
import { optionOf } from "../../../resolve/options/call.ts";
import { keywordOptions } from "../../../resolve/options/read.ts";
import { dynamic, string, tupleOf } from "../../construct.ts";
import { union } from "../../join.ts";
import type { BuiltIns } from "./built-in.ts";

export const waitBuiltIns: BuiltIns = {
  "Durable.Wait.wait_for_any": (node, _args, frame) => {
    const options = node.args[1];
    if (!options) return null;
    if (!keywordOptions(options)) return dynamic;
    const value = optionOf(node, "timeout_value");
    return value ? union(tupleOf(string, dynamic), frame.checker.types.get(value) ?? dynamic) : null;
  },
};
