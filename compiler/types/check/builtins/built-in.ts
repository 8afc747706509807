import type { Call } from "../../../ast/nodes.ts";
import type { Type } from "../../type.ts";
import type { Frame } from "../frame.ts";

/** The result of a call whose arguments have been inferred; null to go by the signature. */
export type BuiltIn = (node: Call, args: readonly Type[], frame: Frame) => Type | null;

/** By `Module.function`, for all arities. */
export interface BuiltIns {
  readonly [name: string]: BuiltIn | undefined;
}
