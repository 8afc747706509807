import type { ForeignRequest } from "../input.ts";
import type { ForeignModule } from "./resolved.ts";

type Ask = (request: ForeignRequest) => ForeignModule | null;

/** Asks for each TypeScript module once, however often it is named. */
export interface ForeignAnswers {
  readonly ask: Ask;
  /** Whether all answers would be the same from another source; it is asked from then on if so. */
  readonly goOnWith: (other: Ask) => boolean;
}

interface Answer {
  readonly request: ForeignRequest;
  readonly module: ForeignModule | null;
}

export function createForeignAnswers(source: Ask): ForeignAnswers {
  const known = new Map<string, Answer>();
  let current = source;
  return {
    ask(request) {
      const key = JSON.stringify([request.name, request.specifier, request.from?.path ?? null]);
      const answer = known.get(key) ?? { request, module: current(request) };
      known.set(key, answer);
      return answer.module;
    },
    goOnWith(other) {
      const same = [...known.values()].every(({ request, module }) => sameModule(module, other(request)));
      if (same) current = other;
      return same;
    },
  };
}

function sameModule(before: ForeignModule | null, now: ForeignModule | null): boolean {
  return before === now || JSON.stringify(before, withMaps) === JSON.stringify(now, withMaps);
}

/** In their order, which suggestions follow. */
function withMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}
