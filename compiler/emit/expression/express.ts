/** Simple expressions as TypeScript. Parentheses are generous; the formatter takes away what is not needed. */
import type { Expr } from "../../ast/nodes.ts";
import { constantOf } from "../constant.ts";
import { jsonLiteral } from "../literal.ts";
import { standFor } from "../match.ts";
import { compilePattern } from "../pattern.ts";
import type { Scope } from "../scope.ts";
import { seen } from "../seen.ts";
import { expressAccess, expressField } from "./access.ts";
import { expressApply, expressCall } from "./call.ts";
import { expressList, expressMap, expressTuple } from "./collection.ts";
import { expressCapture, expressFn, expressFunctionRef } from "./function.ts";
import { condition, expressBinary, expressUnary } from "./operator.ts";
import { expressInterpolation, expressSigil } from "./text.ts";

export function express(expr: Expr, scope: Scope): string {
  switch (expr.kind) {
    case "literal":
      return jsonLiteral(expr.value);
    case "variable":
      return expressVariable(expr, scope);
    case "constantRef":
      return expressConstant(expr, scope);
    case "moduleRef":
      return jsonLiteral(expr.name);
    case "interpolation":
      return expressInterpolation(expr.parts, scope);
    case "sigil":
      return expressSigil(expr, scope);
    case "list":
      return expressList(expr, scope);
    case "tuple":
      return expressTuple(expr, scope);
    case "map":
      return expressMap(expr, scope);
    case "unary":
      return expressUnary(expr, scope);
    case "binary":
      return expressBinary(expr, scope);
    case "field":
      return expressField(expr, scope);
    case "access":
      return expressAccess(expr, scope);
    case "call":
      return expressCall(expr, scope);
    case "apply":
      return expressApply(expr, scope);
    case "fn":
      return expressFn(expr, scope);
    case "capture":
      return expressCapture(expr, scope);
    case "captureArgument":
      return scope.captures.at(-1)?.[expr.index - 1]?.text ?? "undefined";
    case "functionRef":
      return expressFunctionRef(expr, scope);
    case "if":
      return `(${condition(expr.condition, scope, expr.negated)} ? ${express(expr.then, scope)} : ${express(expr.else!, scope)})`;
    case "matchTest":
      return expressMatchTest(expr, scope);
    case "block":
      return expr.expressions[0] ? express(expr.expressions[0], scope) : "null";
    case "invalid":
    case "match":
    case "case":
    case "cond":
    case "with":
    case "for":
    case "try":
      throw new Error(`internal: a ${expr.kind} reached emission as an expression`);
  }
}

function expressVariable(expr: Extract<Expr, { kind: "variable" }>, scope: Scope): string {
  const local = scope.facts.localOf(expr);
  if (!local) throw new Error(`internal: the variable ${expr.name} is unknown, and resolution did not report it`);
  return scope.names.textOf(local);
}

function expressConstant(expr: Extract<Expr, { kind: "constantRef" }>, scope: Scope): string {
  const folded = constantOf(expr, scope);
  if (folded !== undefined) return jsonLiteral(folded);
  const constant = scope.module.constants.get(expr.name);
  if (!constant) throw new Error(`internal: @${expr.name} is unknown, and resolution did not report it`);
  return express(constant.value, scope);
}

function expressMatchTest(expr: Extract<Expr, { kind: "matchTest" }>, scope: Scope): string {
  const value = express(expr.value, scope);
  const subject = { path: value, type: scope.facts.typeOf(expr.value), seen: seen(expr.value, scope) };
  const { tests, bindings } = compilePattern(expr.pattern, subject, scope);
  for (const binding of bindings) standFor(binding, scope);
  const guard = expr.guard ? [condition(expr.guard, scope)] : [];
  return `(${[...tests, ...guard].join(" && ") || "true"})`;
}
