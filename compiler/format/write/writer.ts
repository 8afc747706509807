/** What everything that is written is given, and where it stands. */
import type { Comments } from "../comments.ts";

export interface Writer {
  readonly comments: Comments;
  /** Columns by which the right side of an operator is indented on a line of its own. */
  nesting: number;
  /** False where the author's own line breaks count for nothing: in interpolations. */
  keepsLines: boolean;
}

/**
 * Where a form stands, which decides about its parentheses: on its own in a block, beside an operator, or among the
 * arguments of a call with or without parentheses, alone or not.
 */
export type Standing = "block" | "operand" | "alone" | "argument" | "bareAlone" | "bareArgument";

/** Standing beside an operator, or where the call around says. */
export function beside(standing: Standing, otherwise: "operand" | "argument"): Standing {
  switch (standing) {
    case "bareAlone":
    case "bareArgument":
      return "bareArgument";
    case "alone":
    case "argument":
      return "argument";
    default:
      return otherwise;
  }
}
