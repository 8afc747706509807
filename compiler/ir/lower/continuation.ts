/**
 * What becomes of a value. Lowering is written in continuation style: a construct is given what comes after it, so
 * that a wait can cut the body there and put the rest into a state of its own.
 */
import type { Expr } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { Statement } from "../machine.ts";

export interface Continuation {
  /** The statements that take the value and go on. */
  readonly use: (value: Expr) => Statement[];
  /** False when the value is dropped: an expression in the middle of a block. */
  readonly wanted: boolean;
  /** A return or a jump: may stand in several arms, because it is one statement wherever it stands. */
  readonly terminal: boolean;
  /** The variable that the value will be bound to, when that is all `use` begins with. */
  readonly binds: Local | null;
}

export function thenDo(use: (value: Expr) => Statement[], binds: Local | null = null): Continuation {
  return { use, wanted: true, terminal: false, binds };
}

/** Goes on without the value. */
export function discard(rest: () => Statement[]): Continuation {
  return { use: (value) => [...evaluated(value), ...rest()], wanted: false, terminal: false, binds: null };
}

/** As `discard`, for what ends in a jump and may therefore stand in several arms. */
export function discardThen(jump: () => Statement[]): Continuation {
  return { ...discard(jump), terminal: true };
}

export function returning(use: (value: Expr) => Statement[]): Continuation {
  return { use, wanted: true, terminal: true, binds: null };
}

/** A value that nobody wants is computed only for what computing it does. */
function evaluated(value: Expr): Statement[] {
  const inert = value.kind === "variable" || value.kind === "literal" || value.kind === "constantRef";
  return inert ? [] : [{ kind: "evaluate", value }];
}
