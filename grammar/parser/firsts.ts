/** The tokens that a shape may begin with, which is all that choices look at, gates aside. */
import { idsOf } from "../vocabulary.ts";
import { isToken, type Rules, type Shape } from "./shapes.ts";

export interface First {
  /** Of types of tokens. */
  readonly ids: ReadonlySet<number>;
  /** Whether the shape may also be nothing at all. */
  readonly empty: boolean;
}

export type Firsts = (shape: Shape) => First;

export function firstsOf(rules: Rules): Firsts {
  const known = new Map<string, First>();
  const named = (name: string): First => {
    const found = known.get(name) ?? (isToken(name) ? { ids: new Set(idsOf(name)), empty: false } : of(rules[name]!));
    known.set(name, found);
    return found;
  };
  const of = (shape: Shape): First => {
    if (typeof shape === "string") return named(shape);
    switch (shape.kind) {
      case "sequence":
        return sequence(shape.parts);
      case "choice":
        return either(shape.parts.map(of));
      case "optional":
      case "repeated":
        return { ids: of(shape.part).ids, empty: true };
      default:
        return of(shape.part);
    }
  };
  // No further than needed, as rules name each other.
  const sequence = ([part, ...others]: readonly Shape[]): First => {
    if (part === undefined) return { ids: new Set(), empty: true };
    const first = of(part);
    return first.empty ? followed(first, sequence(others)) : first;
  };
  return of;
}

function followed(first: First, rest: First): First {
  return { ids: new Set([...first.ids, ...rest.ids]), empty: rest.empty };
}

function either(firsts: readonly First[]): First {
  return {
    ids: new Set(firsts.flatMap(({ ids }) => [...ids])),
    empty: firsts.some(({ empty }) => empty),
  };
}
