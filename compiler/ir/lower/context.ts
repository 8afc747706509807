import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { SourceText } from "../../source/source.ts";
import type { StateId, StateIr, Statement } from "../machine.ts";
import type { Facts } from "./facts.ts";

/** The body being lowered: one step, compensation, condition or function, with the states it gives rise to. */
export interface BodyContext {
  readonly facts: Facts;
  readonly bag: DiagnosticBag;
  readonly source: SourceText;
  /** The state of the step; null in a function, where nothing may suspend. */
  readonly step: StateId | null;
  /** The variable that stands for the step's data: given to each of its states, so never saved. */
  readonly data: Local | null;
  readonly states: StateSink;
  /** Positions of the loops around, outermost first: they tell the rounds of a call apart. */
  readonly position: readonly Local[];
  /** Wraps the code of each state made inside a `try`, so that its `rescue` holds there too. */
  readonly protect: (statements: readonly Statement[]) => readonly Statement[];
  /** How to compute again, for free, what a local holds: literals, constants and paths into the data. */
  readonly recomputable: Map<Local, Statement>;
}

/** Takes the states that a body gives rise to, in the order in which they will be read. */
export interface StateSink {
  readonly add: (...states: readonly StateIr[]) => void;
  /** Runs `build` and holds back the states it adds, so that they can be added after others. */
  readonly heldBack: <T>(build: () => T) => { readonly value: T; readonly states: readonly StateIr[] };
}

export function createStateSink(target: StateIr[]): StateSink {
  let current = target;
  return {
    add: (...states) => void current.push(...states),
    heldBack(build) {
      const outer = current;
      current = [];
      try {
        const value = build();
        return { value, states: current };
      } finally {
        current = outer;
      }
    },
  };
}

/** Outside of any `try`. */
export function unprotected(statements: readonly Statement[]): readonly Statement[] {
  return statements;
}
