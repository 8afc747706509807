import type { For } from "../../ast/nodes.ts";
import { anyValue } from "../access.ts";
import { dynamic, listOf, nil, none, openRecord, string, tupleOf } from "../construct.ts";
import { maybeWrites, sequence } from "../flow.ts";
import { membersOf, union, widen } from "../join.ts";
import type { Type } from "../type.ts";
import { inferClauses } from "./branches.ts";
import { elementOf } from "./collections.ts";
import { assume } from "./conditions.ts";
import { type Frame, setWrites } from "./frame.ts";
import { infer } from "./infer.ts";
import { bindPattern, mayMatch } from "./patterns.ts";
import { accumulated } from "./rounds.ts";

export function inferFor(node: For, frame: Frame): Type {
  const into = node.into ? infer(node.into, frame) : null;
  if (node.uniq) infer(node.uniq, frame);
  const initial = node.reduce ? widen(infer(node.reduce, frame)) : nil;
  const round = (made: Type, inside: Frame) =>
    anyNumberOfTimes(inside, () => {
      for (const qualifier of node.qualifiers) enter(qualifier, inside);
      return node.body ? infer(node.body, inside) : inferClauses(node.reducer, made, null, inside, "value");
    });
  const body = round(node.reduce ? accumulated(initial, frame, round) : none, frame);
  if (node.reduce) return union(initial, widen(body));
  return into ? intoType(into) : listOf(body);
}

function enter(qualifier: For["qualifiers"][number], frame: Frame): void {
  if (qualifier.kind === "filter") {
    infer(qualifier.condition, frame);
    assume(qualifier.condition, true, frame);
    return;
  }
  const element = itemsOf(infer(qualifier.source, frame));
  bindPattern(qualifier.pattern, mayMatch(qualifier.pattern, element, frame) ? element : dynamic, frame);
  if (qualifier.guard) {
    infer(qualifier.guard, frame);
    assume(qualifier.guard, true, frame);
  }
}

/** What is collected into a map has keys that are not known; text collects text. */
function intoType(into: Type): Type {
  if (into.kind === "record") return openRecord;
  return into.kind === "string" || into.kind === "literal" ? string : dynamic;
}

/** What going through a value meets: the items of a list, the pairs of a map. */
export function itemsOf(type: Type): Type {
  if (type.kind === "dynamic" || type.kind === "variable") return dynamic;
  return union(...membersOf(type).map(itemsOfMember));
}

function itemsOfMember(member: Type): Type {
  if (member.kind === "record") return tupleOf(string, anyValue(member));
  return member.kind === "nil" ? none : elementOf(member);
}

/**
 * Runs code that at run time runs any number of times, or not at all: what it writes to the context is not sure to be
 * there afterwards, and may be there before a round.
 */
export function anyNumberOfTimes(frame: Frame, run: () => Type): Type {
  const before = frame.flow;
  frame.loops += 1;
  const type = run();
  frame.loops -= 1;
  const written = maybeWrites(frame.flow.writes);
  frame.flow = before;
  if (written.fields.size > 0 || written.rest) setWrites(frame, sequence(before.writes, written));
  return type;
}
