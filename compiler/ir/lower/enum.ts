/**
 * The `Enum` functions that the compiler knows as loops: the function given to them may wait or call foreign code. A loop
 * that waits is a state; one that only awaits foreign code stays within its segment.
 */
import type { Call, Capture, Expr, Fn, FunctionRef } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { dynamic, listOf } from "../../types/construct.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import { lowerClauses } from "./body.ts";
import { atom } from "./child.ts";
import { emptyList } from "./collected.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discardThen, returning } from "./continuation.ts";
import { copyNode } from "./copy.ts";
import { lower } from "./expression.ts";
import type { Facts } from "./facts.ts";
import { withArms } from "./join.ts";
import { lowerLoop, type Round } from "./loop.ts";
import { lowerAll } from "./operands.ts";
import { paramLocals } from "./params.ts";

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

/** The loop that a call is, when the function given to it is written there and suspends or awaits. */
export function enumLoopOf(call: Call, facts: Facts): EnumLoop | null {
  const target = facts.targetOf(call);
  if (target?.kind !== "prelude" || target.function.module !== "Enum") return null;
  const fn = call.args.at(-1);
  if (!fn || !isFunction(fn)) return null;
  const { suspends, async } = facts.effectsOf(fn);
  if (!suspends && !async) return null;
  return loops[`${call.name.text}/${call.args.length}`] ?? null;
}

type GivenFunction = Fn | Capture | FunctionRef;

function isFunction(expr: Expr): expr is GivenFunction {
  return expr.kind === "fn" || expr.kind === "capture" || expr.kind === "functionRef";
}

export function lowerEnumLoop(call: Call, loop: EnumLoop, k: Continuation, context: BodyContext): Statement[] {
  const fn = call.args.at(-1) as GivenFunction;
  const { suspends } = context.facts.effectsOf(fn);
  const enter = (arm: Continuation) =>
    lowerAll(call.args.slice(0, -1), context, ([source, argument]) => {
      const initial = { list: emptyList(call.span), argument: argument ?? null, nothing: null }[loop.gathers];
      const plan = { call, fn, loop, source: source!, initial, k: arm };
      return suspends ? loopOfStates(plan, context) : loopInPlace(plan, context);
    });
  return suspends ? withArms(call, [call], k, context, enter) : enter(k);
}

interface EnumPlan {
  readonly call: Call;
  readonly fn: GivenFunction;
  readonly loop: EnumLoop;
  readonly source: Expr;
  readonly initial: Expr | null;
  readonly k: Continuation;
}

function loopOfStates({ call, fn, loop, source, initial, k }: EnumPlan, context: BodyContext): Statement[] {
  const each = (round: Round, inside: BodyContext) => lowerRound(fn, loop, round, k.use, inside);
  const finish = (gathered: Expr) => k.use(loop.gathers === "nothing" ? loop.value(call) : gathered);
  return lowerLoop({ place: call, body: [fn], what: `Enum.${call.name.text}`, source, initial, each, finish }, context);
}

/** One value is filled while the elements are gone through, and used after the last, or after the one that stops. */
function loopInPlace({ call, fn, loop, source, initial, k }: EnumPlan, context: BodyContext): Statement[] {
  const { facts } = context;
  const result = k.binds ?? facts.fresh("result", facts.typeOf(call), call.span);
  const read = facts.read(result, call.span);
  const item = facts.fresh("element", dynamic, call.span);
  const assign = (value: Expr): Statement[] => (value === read || !k.wanted ? [] : [fill(result, read, value)]);
  const round: Round = { item: facts.read(item, call.span), gathered: read, next: assign };
  const stop = (value: Expr): Statement[] => [...assign(value), { kind: "break" }];
  const declare: Statement = {
    kind: "declare",
    local: result,
    initial: initial ?? loop.value(call),
    filled: "always",
  };
  return [
    ...(k.wanted ? [declare] : []),
    { kind: "loop", item, source, body: lowerRound(fn, loop, round, stop, context) },
    ...k.use(k.wanted ? read : nil(call.span)),
  ];
}

function fill(result: Local, read: Expr, value: Expr): Statement {
  const [list, last] = value.kind === "call" && value.name.text === "append" ? value.args : [];
  if (list === read && last) return { kind: "append", local: result, value: last };
  return { kind: "assign", local: result, value };
}

function lowerRound(
  fn: GivenFunction,
  loop: EnumLoop,
  { item, gathered, next }: Round,
  stop: EnumRound["stop"],
  context: BodyContext,
): Statement[] {
  const { facts } = context;
  const params = paramsOf(fn, facts);
  const [element] = params;
  const run: EnumRound["run"] = (args, use) => runFunction(fn, params, args, use, context);
  const read = facts.read(element!, fn.span);
  return [
    { kind: "let", local: element!, value: item },
    ...loop.round({ item: read, gathered, next, stop, run, facts }),
  ];
}

/** The element is bound already; what else the function takes is bound here. */
function runFunction(
  fn: GivenFunction,
  params: readonly Local[],
  [, ...args]: readonly Expr[],
  k: Continuation,
  context: BodyContext,
): Statement[] {
  const lets = args.map((value, i): Statement => ({ kind: "let", local: params[i + 1]!, value }));
  return [...lets, ...lowerBodyOf(fn, params, k, context)];
}

function lowerBodyOf(fn: GivenFunction, params: readonly Local[], k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  switch (fn.kind) {
    case "fn":
      return lowerClauses(fn.clauses, params, k, context, `fn/${params.length}`);
    case "capture":
      return lower(copyNode(fn.body, facts, { captureArguments: params }), k, context);
    case "functionRef":
      return lower(
        facts.callOf(
          fn,
          params.map((param) => facts.read(param, fn.span)),
        ),
        k,
        context,
      );
  }
}

function paramsOf(fn: GivenFunction, facts: Facts): Local[] {
  if (fn.kind === "fn") return paramLocals(fn.clauses, fn.span, facts);
  const names = ["item", "gathered"].slice(0, fn.arity);
  return names.map((name) => facts.fresh(name, dynamic, fn.span));
}
