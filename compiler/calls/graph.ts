/** What calls what in the whole program. */
import type { BoundModule, Resolution } from "../resolve/resolve.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolve/resolved.ts";
import { remember } from "./bottom-up.ts";
import { type Circle, circlesOf } from "./circles.ts";
import type { Definition } from "./definition.ts";
import { type Outline, outlineOf } from "./outline.ts";

export interface CallGraph {
  readonly resolution: Resolution;
  /** In the order of the sources; of a module its functions first. */
  readonly outlines: readonly Outline[];
  readonly outlineOf: (definition: Definition) => Outline;
  /** Callees first. */
  readonly circles: readonly Circle[];
}

export function createCallGraphs(resolved: ResolvedProgram): (resolution: Resolution) => CallGraph {
  const recall = remember<ResolvedModule, readonly Outline[]>();
  const outlinesIn = (bound: BoundModule) =>
    definitionsIn(bound.module).map((definition) => outlineOf(definition, bound, resolved));
  return (resolution) => {
    const outlines = resolution.modules.flatMap((bound) => recall(bound.module, [bound], () => outlinesIn(bound)));
    const known = new Map(outlines.map((outline) => [outline.definition, outline]));
    const calleesOf = (definition: Definition): Iterable<Definition> => known.get(definition)!.callees;
    return {
      resolution,
      outlines,
      outlineOf: (definition) => known.get(definition)!,
      circles: circlesOf([...known.keys()], calleesOf),
    };
  };
}

export function definitionsIn({ functions, workflows }: ResolvedModule): Definition[] {
  return [...functions.values(), ...workflows];
}
