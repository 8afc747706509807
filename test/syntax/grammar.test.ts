import { describe, expect, it } from "vitest";
import { firstsOf } from "../../grammar/parser/firsts.ts";
import { rules } from "../../grammar/parser/modules.ts";
import type { Shape } from "../../grammar/parser/shapes.ts";

const firsts = firstsOf(rules);

type Combined = Exclude<Shape, string>;

/** The shape and all that it consists of, names left out. */
function shapesIn(shape: Shape): readonly Combined[] {
  if (typeof shape === "string") return [];
  return [shape, ...("parts" in shape ? shape.parts : [shape.part]).flatMap(shapesIn)];
}

/** Alternatives that are never taken, because those before them begin with the same tokens and no gate keeps these out. */
function hidden(alternatives: readonly Shape[]): readonly Shape[] {
  const taken = new Set<number>();
  return alternatives.filter((alternative, index) => {
    const { ids, empty } = firsts(alternative);
    const isHidden = empty ? index < alternatives.length - 1 : [...ids].every((id) => taken.has(id));
    if (typeof alternative === "string" || alternative.kind !== "gated") for (const id of ids) taken.add(id);
    return isHidden;
  });
}

describe.each(Object.entries(rules))("the rule %s", (_, rule) => {
  it("does not begin with itself, and names only rules and tokens that there are", () => {
    expect(() => firsts(rule)).not.toThrow();
  });

  it("has no alternative that another hides", () => {
    const choices = shapesIn(rule).flatMap((shape) => (shape.kind === "choice" ? [shape.parts] : []));
    expect(choices.flatMap(hidden)).toEqual([]);
  });

  it("repeats nothing that may be empty", () => {
    const repeats = shapesIn(rule).flatMap((shape) => (shape.kind === "repeated" ? [shape.part] : []));
    expect(repeats.filter((part) => firsts(part).empty)).toEqual([]);
  });
});
