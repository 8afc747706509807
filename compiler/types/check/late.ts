/** Values of timeouts among results: known by identity, so that reading one like a result can be told. */
import type { Pattern } from "../../ast/nodes.ts";
import { timeoutUnhandled } from "../../diagnostics/catalog/timeout.ts";
import type { Location, Span } from "../../source/source.ts";
import { compatible } from "../assignable.ts";
import { membersOf } from "../join.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { type Frame, report } from "./frame.ts";

interface Late {
  readonly value: Type;
  /** Where the call stands whose timeout gives it. */
  readonly origin: Location;
}

/** Whether the value may be that of a timeout, which has then been reported. Alone, it has been told apart by the author. */
export function reportLateRead(span: Span, type: Type, frame: Frame): boolean {
  const late = type.kind === "union" ? lateIn(type, frame) : null;
  if (late) reportLate(span, late, frame);
  return late !== null;
}

/** A function that takes results may not take the value of a timeout. */
export function reportLateGiven(span: Span, actual: Type, expected: Type, frame: Frame): void {
  const late = actual.kind === "union" ? lateIn(actual, frame) : null;
  if (late && !compatible(late.value, expected)) reportLate(span, late, frame);
}

/** A map pattern takes a result apart; the value of a timeout that no other clause takes is then unthought of. */
export function reportLateLeft(left: Type, patterns: readonly Pattern[], frame: Frame): void {
  const taken = patterns.find((pattern) => pattern.kind === "tuplePattern" && pattern.items[1]?.kind === "mapPattern");
  const items = membersOf(left).flatMap((member) => (member.kind === "tuple" ? member.items : []));
  const [late] = items.flatMap((item) => lateIn(item, frame) ?? []);
  if (taken && late) reportLate(taken.span, late, frame);
}

function lateIn(type: Type, frame: Frame): Late | null {
  for (const value of membersOf(type)) {
    const origin = frame.checker.timeoutValues.get(value);
    if (origin) return { value, origin };
  }
  return null;
}

function reportLate(span: Span, { value, origin }: Late, frame: Frame): void {
  const related = [{ message: "the timeout is given here", location: origin }];
  report(frame, timeoutUnhandled, span, { value: show(value) }, related);
}
