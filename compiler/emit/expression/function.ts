import type { Capture, Fn, FunctionRef } from "../../ast/nodes.ts";
import type { FunctionIr } from "../../ir/machine.ts";
import type { CallTarget } from "../../resolve/resolved.ts";
import { dynamic } from "../../types/construct.ts";
import type { Type } from "../../types/type.ts";
import { type CapturedArgument, readIn, type Scope } from "../scope.ts";
import { paramTypes } from "../seen.ts";
import { emitStatements } from "../statement.ts";
import { typeText, writtenType } from "../type.ts";
import { callTarget } from "./call.ts";
import { express } from "./express.ts";

export function expressFn(fn: Fn, scope: Scope): string {
  return arrow(scope.lowerFn(fn), scope);
}

/** `(x) => value`, or with a block where the body needs statements. */
export function arrow(fn: FunctionIr, outer: Scope): string {
  const scope = { ...outer, isRead: readIn(fn.statements, outer.facts), result: dynamic };
  return scope.names.block(() => {
    const params = fn.params.map((param) => {
      const type = writtenType(scope.facts.typeOfLocal(param), scope);
      scope.names.see(param, type);
      return `${scope.names.declare(param)}: ${typeText(type, scope.file)}`;
    });
    const head = `${fn.effects.async ? "async " : ""}(${params.join(", ")}) =>`;
    const [only, ...others] = fn.statements;
    if (only?.kind === "return" && others.length === 0) return `(${head} (${express(only.value, scope)}))`;
    return `(${head} {\n${emitStatements(fn.statements, scope)}\n})`;
  });
}

const argumentNames = ["a", "b", "c", "d", "e"];

export function expressCapture(capture: Capture, scope: Scope): string {
  const given = scope.facts.typeOf(capture);
  return scope.names.block(() => {
    const args = Array.from({ length: capture.arity }, (_, i): CapturedArgument => {
      const local = scope.facts.fresh(argumentNames[i] ?? `a${i + 1}`, dynamic, capture.span);
      const type = given.kind === "fn" ? (given.params[i] ?? dynamic) : dynamic;
      return { text: scope.names.declare(local), type: writtenType(type, scope) };
    });
    const inner: Scope = { ...scope, captures: [...scope.captures, args] };
    const typed = args.map(({ text, type }) => `${text}: ${typeText(type, scope.file)}`);
    const async = scope.facts.effectsOf(capture.body).async ? "async " : "";
    return `(${async}(${typed.join(", ")}) => (${express(capture.body, inner)}))`;
  });
}

/** `&String.upcase/1`: an arrow, because what the runtime offers may take further parameters. */
export function expressFunctionRef(ref: FunctionRef, scope: Scope): string {
  const target = scope.facts.targetOf(ref);
  if (!target) throw new Error(`internal: ${ref.name.text}/${ref.arity} is unknown, and resolution did not report it`);
  const types = referredParams(ref, target, scope);
  const params = argumentNames.slice(0, ref.arity);
  const typed = params.map((param, i) => `${param}: ${typeText(writtenType(types[i] ?? dynamic, scope), scope.file)}`);
  return `((${typed.join(", ")}) => ${callTarget(target, params, scope)})`;
}

/** What the function itself takes; of a TypeScript function only where the type that was read says all that it asks for. */
function referredParams(ref: FunctionRef, target: CallTarget, scope: Scope): readonly Type[] {
  if (target.kind === "function") return paramTypes(target.function, scope.facts);
  if (target.kind === "foreign" && !target.export.isExact) return [];
  const type = scope.facts.typeOf(ref);
  return type.kind === "fn" ? type.params : [];
}
