/** Which functions have a say in what happens to an execution: those that wait, call or start workflows, or lead to that. */
import type { EffectsOfTarget } from "../flow/effects.ts";
import type { FunctionDefinition } from "../resolve/resolved.ts";
import type { Definition } from "./definition.ts";
import type { Outline } from "./outline.ts";

export interface Reach {
  readonly acts: (definition: FunctionDefinition) => boolean;
  /** The acting functions whose bodies a definition comes by, each once. */
  readonly from: (definition: Definition) => ReadonlySet<FunctionDefinition>;
}

export function createReach(outlineOf: (definition: Definition) => Outline, effectsOf: EffectsOfTarget): Reach {
  const acts = (definition: FunctionDefinition): boolean => {
    const { suspends, starts } = effectsOf({ kind: "function", function: definition });
    return suspends || starts;
  };
  const known = new Map<Definition, ReadonlySet<FunctionDefinition>>();
  const find = (definition: Definition): ReadonlySet<FunctionDefinition> => {
    const reached = new Set([...outlineOf(definition).functions].filter(acts));
    // Grows while it is gone through.
    for (const next of reached) for (const callee of outlineOf(next).functions) if (acts(callee)) reached.add(callee);
    return reached;
  };
  return {
    acts,
    from: (definition) => {
      const reached = known.get(definition) ?? find(definition);
      known.set(definition, reached);
      return reached;
    },
  };
}
