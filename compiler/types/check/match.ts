import type { Match, MatchTest } from "../../ast/nodes.ts";
import { noClause } from "../../diagnostics/catalog/type.ts";
import { boolean, dynamic, mistaken } from "../construct.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { assume } from "./conditions.ts";
import { checkChildOutcomes } from "./coverage.ts";
import { type Frame, report } from "./frame.ts";
import { infer } from "./infer.ts";
import { bindPattern, mayMatch, remaining } from "./patterns.ts";

/** The value of a match is the whole value, of which the match has shown something. */
export function inferMatch(node: Match, frame: Frame): Type {
  const type = infer(node.value, frame);
  if (!mayMatch(node.pattern, type, frame)) {
    bindPattern(node.pattern, mistaken, frame);
    if (type.kind !== "none") report(frame, noClause, node.pattern.span, { actual: show(type) });
    return type;
  }
  checkChildOutcomes(remaining(node.pattern, type, frame), [node.pattern], node.pattern.span, frame);
  return bindPattern(node.pattern, type, frame);
}

export function inferMatchTest(node: MatchTest, frame: Frame): Type {
  const type = infer(node.value, frame);
  bindPattern(node.pattern, mayMatch(node.pattern, type, frame) ? type : dynamic, frame);
  if (node.guard) {
    const before = frame.flow;
    infer(node.guard, frame);
    assume(node.guard, true, frame);
    frame.flow = before;
  }
  return boolean;
}
