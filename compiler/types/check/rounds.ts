/**
 * What a function is given of what it made itself, round after round: the accumulator of a reduction. It begins as what is
 * given, and takes in what a round makes of it until a further round adds nothing.
 */
import { DiagnosticBag } from "../../diagnostics/bag.ts";
import { dynamic } from "../construct.ts";
import { union, widen } from "../join.ts";
import { typeKey } from "../key.ts";
import type { Type } from "../type.ts";
import type { Frame } from "./frame.ts";

/** A type that still grows after so many rounds grows for ever. */
const mostRounds = 3;

/** Reductions inside of one another multiply their rounds. */
const deepest = 3;

/** `round` infers one round, in a frame of its own; it is run quietly, so it has to be run again for its reports. */
export function accumulated(initial: Type, frame: Frame, round: (made: Type, frame: Frame) => Type): Type {
  if (frame.loops >= deepest) return dynamic;
  let made = widen(initial);
  for (let rounds = 0; rounds < mostRounds && made.kind !== "dynamic"; rounds++) {
    const next = union(made, widen(round(made, quietly(frame))));
    if (typeKey(next) === typeKey(made)) return made;
    made = next;
  }
  return dynamic;
}

function quietly(frame: Frame): Frame {
  const { checker } = frame;
  const sites = { ...checker.sites, lateReads: [] };
  return { ...frame, checker: { ...checker, bag: new DiagnosticBag(), sites }, unknownKeys: [], returns: [] };
}
