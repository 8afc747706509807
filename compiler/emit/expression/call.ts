import type { Apply, Call, Expr } from "../../ast/nodes.ts";
import { placeArguments } from "../../ir/lower/defaults.ts";
import type { CallTarget, ForeignExport, PreludeFunction } from "../../resolve/resolved.ts";
import { dynamic } from "../../types/construct.ts";
import type { Type } from "../../types/type.ts";
import { stringLiteral } from "../literal.ts";
import type { Scope } from "../scope.ts";
import { paramTypes } from "../seen.ts";
import { expressBuiltin } from "./builtin.ts";
import { express } from "./express.ts";
import { given } from "./given.ts";
import { implementationName, namespaceOf } from "./prelude-names.ts";

export function expressCall(call: Call, scope: Scope): string {
  const target = scope.facts.targetOf(call);
  if (!target) throw new Error(`internal: ${call.name.text} is unknown, and resolution did not report it`);
  if (target.kind === "prelude") {
    const { module, name } = target.function;
    const plain = expressBuiltin(`${module}.${name}/${call.args.length}`, call, scope);
    if (plain !== null) return plain;
  }
  return callTarget(target, argumentTexts(target, call.args, scope), scope);
}

/** What TypeScript would not take for the parameter's type, because it knows less of it than the checker, is cast. */
function argumentTexts(target: CallTarget, args: readonly Expr[], scope: Scope): string[] {
  if (target.kind === "prelude") return args.map((arg) => express(arg, scope));
  if (target.kind === "foreign") return args.map((arg, index) => given(arg, foreignParam(target.export, index), scope));
  const params = paramTypes(target.function, scope.facts);
  const places = placeArguments(target.function, [...args.keys()]);
  return args.map((arg, index) => given(arg, params[places.indexOf(index)] ?? dynamic, scope));
}

/** Null where TypeScript may ask for more than the type that was read says. */
function foreignParam({ params, rest, isExact }: ForeignExport, index: number): Type | null {
  return isExact ? (params[index] ?? rest ?? dynamic) : null;
}

export function callTarget(target: CallTarget, args: readonly string[], scope: Scope): string {
  switch (target.kind) {
    case "prelude":
      return callPrelude(target.function, args, scope);
    case "function": {
      const effects = scope.facts.effectsOfFunction(target.function);
      const given = placeArguments(target.function, args).map((text) => text ?? "undefined");
      while (given.at(-1) === "undefined") given.pop();
      const call = `${scope.file.function(target.function)}(${[...(effects.io ? ["io"] : []), ...given].join(", ")})`;
      return effects.async ? `(await ${call})` : call;
    }
    case "foreign": {
      const callee = scope.file.foreign(target.module, target.export);
      const what = stringLiteral(`${target.module.name}.${target.export.name}`);
      const schema = scope.file.foreignResult(target.module, target.export);
      const checked = [`await ${callee}(${args.join(", ")})`, what, ...(schema ? [schema] : [])];
      return `${scope.file.runtime("fromForeign")}(${checked.join(", ")})`;
    }
  }
}

function callPrelude(fn: PreludeFunction, args: readonly string[], scope: Scope): string {
  const name = implementationName(fn.name);
  switch (fn.effect) {
    case "context":
      return `io.${name}(${args.join(", ")})`;
    case "pure":
      return `${scope.file.runtime(namespaceOf(fn))}.${name}(${args.join(", ")})`;
    case "blocks":
      return `(await ${scope.file.runtime(namespaceOf(fn))}.${name}(${args.join(", ")}))`;
    default:
      return `${scope.file.runtime(namespaceOf(fn))}.${name}(${["io", ...args].join(", ")})`;
  }
}

/** What is not known to be a function is called by way of the runtime, which raises Elixir's errors. */
export function expressApply(expr: Apply, scope: Scope): string {
  const fn = express(expr.fn, scope);
  const args = expr.args.map((arg) => express(arg, scope)).join(", ");
  const isFunction = scope.facts.typeOf(expr.fn).kind === "fn";
  const call = isFunction ? `(${fn})(${args})` : `${scope.file.runtime("Kernel")}.apply(${fn}, [${args}])`;
  return scope.facts.effectsOf(expr.fn).async ? `(await ${call})` : call;
}
