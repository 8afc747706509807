import type { Expr } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import { cannotSuspendHere } from "../../diagnostics/catalog/flow.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import type { BodyContext } from "./context.ts";
import type { Continuation } from "./continuation.ts";

interface Place {
  readonly where: string;
  readonly instead: string;
}

const places = {
  function: {
    where: "inside a function that is passed on as a value",
    instead:
      "Write a `for`, or one of `Enum.each`, `map`, `flat_map`, `filter`, `find` and `reduce/3` with the function in place.",
  },
  condition: {
    where: "in a condition, an `into:` or a compensation, which are computed in one go",
    instead: "Wait in a step before it, and keep the result in the data.",
  },
  default: {
    where: "in the default of a parameter",
    instead: "Wait before the call, and pass the value on.",
  },
  ending: {
    where: "in the `rescue`, `else` or `after` of a `try`",
    instead: "Keep what is needed as the value of the `try`, and wait after its `end`.",
  },
  recursion: {
    where: "in a function that calls itself, because the number of its states would have no bound",
    instead: "Write the repetition as a `for` over a list in the step.",
  },
} as const satisfies Record<string, Place>;

/** Reports a wait that cannot be lowered, and goes on as if it gave nil. */
export function cannotSuspend(
  expr: Expr,
  k: Continuation,
  context: BodyContext,
  reason: keyof typeof places = "function",
): Statement[] {
  const { bag, facts, source } = context;
  const wait = descendants(expr).find((node) => node.kind === "call" && facts.effectsOf(node).suspends) ?? expr;
  const what = wait.kind === "call" ? wait.name.text : source.text.slice(wait.span.start, wait.span.end);
  bag.report(cannotSuspendHere, { source, span: wait.span }, { what, ...places[reason] });
  return k.use(nil(expr.span));
}
