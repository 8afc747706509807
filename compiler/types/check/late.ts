/** Values of timeouts among results: known by identity, so that reading one like a result can be told. */
import type { Call, Expr, Pattern } from "../../ast/nodes.ts";
import { timeoutUnhandled } from "../../diagnostics/catalog/timeout.ts";
import type { Related } from "../../diagnostics/diagnostic.ts";
import { Place } from "../../source/place.ts";
import type { Span } from "../../source/source.ts";
import { compatible } from "../assignable.ts";
import { membersOf } from "../join.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { type Frame, type LateRead, report } from "./frame.ts";

interface Late {
  readonly value: Type;
  /** Where the call stands whose timeout gives it. */
  readonly origin: Place;
}

/** Whether the value may be that of a timeout, which has then been reported. Alone, it has been told apart by the author. */
export function reportLateRead(span: Span, type: Type, frame: Frame): boolean {
  const late = type.kind === "union" ? lateIn(type, frame) : null;
  if (late) reportLate(span, late, frame);
  return late !== null;
}

/** Whether a value may be nil; of one whose type is not known, only where it is read as the wait gave it. */
export function mayBeNil(expr: Expr, type: Type, { checker }: Frame): boolean {
  const isGiven = expr.kind === "variable" || expr.kind === "call";
  return membersOf(type).some(({ kind }) => kind === "nil") || (isGiven && checker.lateNils.has(type));
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

/** Of a function inferred for a call, the call is to be told. */
function reportLate(span: Span, { value, origin }: Late, frame: Frame): void {
  const { sites } = frame.checker;
  if (sites.open.length > 0) sites.lateReads.push({ value, location: new Place(frame.module, span) });
  else report(frame, timeoutUnhandled, span, { value: show(value) }, [givenAt(origin)]);
}

/** What a function reads of its arguments, reported of the call. */
export function reportLateReads({ name }: Call, lateReads: readonly LateRead[], frame: Frame): void {
  const { sites, timeoutValues } = frame.checker;
  if (sites.open.length > 0) {
    sites.lateReads.push(...lateReads);
    return;
  }
  const [first] = lateReads;
  const origin = first && timeoutValues.get(first.value);
  if (!origin) return;
  const related = [{ message: "it is read here", location: first.location }, givenAt(origin)];
  report(frame, timeoutUnhandled, name.span, { value: show(first.value) }, related);
}

function givenAt(location: Place): Related {
  return { message: "the timeout is given here", location };
}
