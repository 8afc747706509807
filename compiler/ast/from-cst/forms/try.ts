/** `try` with `rescue`, `else` and `after`. */
import type { Span } from "../../../source/source.ts";
import type { Try } from "../../nodes.ts";
import { patternClauses, rescueClauses } from "../clauses.ts";
import type { Context } from "../context.ts";
import { type Form, malformed } from "./form.ts";
import { type Part, type Parts, partBlock, partClauses, partsOf } from "./parts.ts";

export const tryForm: Form = (context, name, given) => {
  const { parts } = partsOf(context, name, given, ["do", "rescue", "else", "after"]);
  if (!parts.has("do") || given.piped || given.args.positional.length > 0) {
    return malformed(context, name, given, "try do … rescue error -> … after … end");
  }
  return tryOf(context, parts, given.span);
};

/** A `try` from its parts, of which `do` is there. */
export function tryOf(context: Context, parts: Parts["parts"], span: Span): Try {
  const after = parts.get("after");
  return {
    kind: "try",
    span,
    body: partBlock(context, parts.get("do")!),
    rescue: clausesIn(parts.get("rescue"), (block, part) => rescueClauses(context, block, part.word)),
    else: clausesIn(parts.get("else"), (block, part) => patternClauses(context, block, "else", part.word)),
    after: after ? partBlock(context, after) : null,
  };
}

function clausesIn<Built>(
  part: Part | undefined,
  build: (block: NonNullable<Part["block"]>, part: Part) => readonly Built[],
): readonly Built[] {
  const block = part && partClauses(part);
  return block ? build(block, part) : [];
}
