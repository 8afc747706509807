import type { Capture, Fn, FunctionRef } from "../../ast/nodes.ts";
import type { FunctionIr } from "../../ir/machine.ts";
import { dynamic } from "../../types/construct.ts";
import { readIn, type Scope } from "../scope.ts";
import { emitStatements } from "../statement.ts";
import { callTarget } from "./call.ts";
import { express } from "./express.ts";

export function expressFn(fn: Fn, scope: Scope): string {
  return arrow(scope.lowerFn(fn), scope);
}

/** `(x) => value`, or with a block where the body needs statements. */
export function arrow(fn: FunctionIr, outer: Scope): string {
  const scope = { ...outer, isRead: readIn(fn.statements, outer.facts), result: dynamic };
  return scope.names.block(() => {
    const params = fn.params.map((param) => `${scope.names.declare(param)}: ${scope.file.runtimeType("Dynamic")}`);
    const head = `${fn.effects.async ? "async " : ""}(${params.join(", ")}) =>`;
    const [only, ...others] = fn.statements;
    if (only?.kind === "return" && others.length === 0) return `(${head} (${express(only.value, scope)}))`;
    return `(${head} {\n${emitStatements(fn.statements, scope)}\n})`;
  });
}

const argumentNames = ["a", "b", "c", "d", "e"];

export function expressCapture(capture: Capture, scope: Scope): string {
  return scope.names.block(() => {
    const locals = Array.from({ length: capture.arity }, (_, i) =>
      scope.facts.fresh(argumentNames[i] ?? `a${i + 1}`, { kind: "dynamic" }, capture.span),
    );
    const params = locals.map((local) => scope.names.declare(local));
    const inner: Scope = { ...scope, captures: [...scope.captures, params] };
    const typed = params.map((param) => `${param}: ${scope.file.runtimeType("Dynamic")}`);
    const async = scope.facts.effectsOf(capture.body).async ? "async " : "";
    return `(${async}(${typed.join(", ")}) => (${express(capture.body, inner)}))`;
  });
}

/** `&String.upcase/1`: an arrow, because what the runtime offers may take further parameters. */
export function expressFunctionRef(ref: FunctionRef, scope: Scope): string {
  const target = scope.facts.targetOf(ref);
  if (!target) throw new Error(`internal: ${ref.name.text}/${ref.arity} is unknown, and resolution did not report it`);
  const params = argumentNames.slice(0, ref.arity);
  const typed = params.map((param) => `${param}: ${scope.file.runtimeType("Dynamic")}`);
  return `((${typed.join(", ")}) => ${callTarget(target, params, scope)})`;
}
