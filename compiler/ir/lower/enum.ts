/** The `Enum` functions that the compiler knows as loops: the function given to them may wait. */
import type { Call, Capture, Expr, Fn } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { dynamic, listOf } from "../../types/construct.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import { lowerClauses } from "./body.ts";
import { atom } from "./child.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discardThen, returning } from "./continuation.ts";
import { copyNode } from "./copy.ts";
import { lower } from "./expression.ts";
import type { Facts } from "./facts.ts";
import { withArms } from "./join.ts";
import { lowerLoop, type Round } from "./loop.ts";
import { lowerAll } from "./operands.ts";
import { paramLocals } from "./params.ts";
import { emptyList } from "./suspending-for.ts";

interface EnumRound extends Round {
  /** Ends the loop with a value. */
  readonly stop: (value: Expr) => Statement[];
  /** Runs the given function. */
  readonly run: (args: readonly Expr[], k: Continuation) => Statement[];
  readonly facts: Facts;
}

interface EnumLoop {
  readonly round: (round: EnumRound) => Statement[];
  /** What is gathered at first: an empty list, the argument before the function, or nothing. */
  readonly gathers: "list" | "argument" | "nothing";
  /** The value when nothing is gathered. */
  readonly value: (call: Call) => Expr;
}

const loops: Readonly<Record<string, EnumLoop | undefined>> = {
  "each/2": {
    gathers: "nothing",
    value: (call) => atom("ok", call.span),
    round: ({ item, gathered, next, run }) =>
      run(
        [item],
        discardThen(() => next(gathered)),
      ),
  },
  "map/2": gatherList("append"),
  "flat_map/2": gatherList("concat"),
  "filter/2": {
    gathers: "list",
    value: (call) => nil(call.span),
    round: ({ item, gathered, next, run, facts }) =>
      run(
        [item],
        returning((kept) => [
          {
            kind: "if",
            condition: kept,
            negated: false,
            then: next(add("append", gathered, item, facts)),
            else: next(gathered),
          },
        ]),
      ),
  },
  "find/2": {
    gathers: "nothing",
    value: (call) => nil(call.span),
    round: ({ item, gathered, next, stop, run }) =>
      run(
        [item],
        returning((found) => [
          { kind: "if", condition: found, negated: false, then: stop(item), else: next(gathered) },
        ]),
      ),
  },
  "reduce/3": {
    gathers: "argument",
    value: (call) => nil(call.span),
    round: ({ item, gathered, next, run }) => run([item, gathered], returning(next)),
  },
};

function gatherList(how: "append" | "concat"): EnumLoop {
  return {
    gathers: "list",
    value: (call) => nil(call.span),
    round: ({ item, gathered, next, run, facts }) =>
      run(
        [item],
        returning((value) => next(add(how, gathered, value, facts))),
      ),
  };
}

function add(how: "append" | "concat", gathered: Expr, value: Expr, facts: Facts): Expr {
  return facts.operation(how, [gathered, value], listOf(dynamic), value.span);
}

/** The loop that a call is, when the function given to it is written there and suspends. */
export function enumLoopOf(call: Call, facts: Facts): EnumLoop | null {
  const target = facts.targetOf(call);
  if (target?.kind !== "prelude" || target.function.module !== "Enum") return null;
  const fn = call.args.at(-1);
  if (!fn || (fn.kind !== "fn" && fn.kind !== "capture") || !facts.effectsOf(fn).suspends) return null;
  return loops[`${call.name.text}/${call.args.length}`] ?? null;
}

export function lowerEnumLoop(call: Call, loop: EnumLoop, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const fn = call.args.at(-1) as Fn | Capture;
  const construct = withArms(call, [call], k, context, (arm) =>
    lowerAll(call.args.slice(0, -1), context, ([source, argument]) => {
      const initial = { list: emptyList(call.span), argument: argument ?? null, nothing: null }[loop.gathers];
      const stop = (value: Expr) => arm.use(value);
      const each = ({ item, gathered, next }: Round, inside: BodyContext): Statement[] => {
        const params = paramsOf(fn, facts);
        const [element] = params;
        const run: EnumRound["run"] = (args, use) => runFunction(fn, params, args, use, inside);
        const read = facts.read(element!, fn.span);
        const take: Statement = { kind: "let", local: element!, value: item };
        return [take, ...loop.round({ item: read, gathered, next, stop, run, facts })];
      };
      const finish = (gathered: Expr) => stop(loop.gathers === "nothing" ? loop.value(call) : gathered);
      const what = `Enum.${call.name.text}`;
      return lowerLoop({ place: call, body: [fn], what, source: source!, initial, each, finish }, context);
    }),
  );
  return construct;
}

/** The element is bound already; what else the function takes is bound here. */
function runFunction(
  fn: Fn | Capture,
  params: readonly Local[],
  [, ...args]: readonly Expr[],
  k: Continuation,
  context: BodyContext,
): Statement[] {
  const lets = args.map((value, i): Statement => ({ kind: "let", local: params[i + 1]!, value }));
  return [...lets, ...lowerBodyOf(fn, params, k, context)];
}

function lowerBodyOf(fn: Fn | Capture, params: readonly Local[], k: Continuation, context: BodyContext): Statement[] {
  if (fn.kind === "fn") return lowerClauses(fn.clauses, params, k, context, `fn/${params.length}`);
  return lower(copyNode(fn.body, context.facts, { captureArguments: params }), k, context);
}

function paramsOf(fn: Fn | Capture, facts: Facts): Local[] {
  if (fn.kind === "fn") return paramLocals(fn.clauses, fn.span, facts);
  const names = ["item", "gathered"].slice(0, fn.arity);
  return names.map((name) => facts.fresh(name, dynamic, fn.span));
}
