/** Operators: the plain one where the types allow it, a checked operation of the runtime where they do not. */
import type { Binary, BinaryOperator, Expr, Unary } from "../../ast/nodes.ts";
import { canBeFalse, isAlwaysTruthy, isBoolean, isNumber, isScalar, isText } from "../../types/shape.ts";
import type { Type } from "../../types/type.ts";
import type { Scope } from "../scope.ts";
import { comparable, known } from "../seen.ts";
import { expressNullish } from "./access.ts";
import { express } from "./express.ts";
import { expressInterpolation } from "./text.ts";

interface Operands {
  readonly left: string;
  readonly right: string;
}

type Form = (operands: Operands, expr: Binary, scope: Scope) => string;

const forms: Readonly<Record<BinaryOperator, Form>> = {
  "+": arithmetic("+", "add"),
  "-": arithmetic("-", "subtract"),
  "*": arithmetic("*", "multiply"),
  "/": checked("divide"),
  "**": checked("power"),
  "++": checked("concat"),
  "--": checked("without"),
  "..": checked("range"),
  "..//": checked("range"),
  "<>": concatenation,
  in: checked("isIn"),
  "not in": ({ left, right }, _, scope) => `!${scope.file.runtime("isIn")}(${left}, ${right})`,
  "==": equality("===", ""),
  "===": equality("===", ""),
  "!=": equality("!==", "!"),
  "!==": equality("!==", "!"),
  "<": ordering("<"),
  ">": ordering(">"),
  "<=": ordering("<="),
  ">=": ordering(">="),
  "=~": ({ left, right }, _, scope) => `${scope.file.runtime("matches")}(${left}, ${right})`,
  "&&": logical("&&"),
  "||": logical("||"),
  and: strict("&&", "and"),
  or: strict("||", "or"),
};

export function expressBinary(expr: Binary, scope: Scope): string {
  return forms[expr.operator]({ left: express(expr.left, scope), right: express(expr.right, scope) }, expr, scope);
}

export function expressUnary(expr: Unary, scope: Scope): string {
  const operand = express(expr.operand, scope);
  const type = known(expr.operand, scope);
  switch (expr.operator) {
    case "!":
      return `!${isBoolean(type) ? operand : `(${condition(expr.operand, scope)})`}`;
    case "not":
      return isBoolean(type) ? `!${operand}` : `${scope.file.runtime("not")}(${operand})`;
    case "-":
      return isNumber(type) ? `-(${operand})` : `${scope.file.runtime("negate")}(${operand})`;
    case "+":
      return isNumber(type) ? operand : `${scope.file.runtime("number")}(${operand})`;
  }
}

/** An expression as a JavaScript condition: only nil and false are falsy in the language. */
export function condition(expr: Expr, scope: Scope, negated = false): string {
  const text = express(expr, scope);
  const type = known(expr, scope);
  if (isBoolean(type)) return negated ? `!${text}` : text;
  if (isAlwaysTruthy(type))
    return negated ? `!${scope.file.runtime("truthy")}(${text})` : `${scope.file.runtime("truthy")}(${text})`;
  if (!canBeFalse(type)) return `${text} ${negated ? "===" : "!=="} null`;
  return `${negated ? "!" : ""}${scope.file.runtime("truthy")}(${text})`;
}

function bothAre(expr: Binary, scope: Scope, test: (type: Type) => boolean): boolean {
  return test(known(expr.left, scope)) && test(known(expr.right, scope));
}

/** A chain with a literal in it reads best as a template. */
function concatenation({ left, right }: Operands, expr: Binary, scope: Scope): string {
  if (!bothAre(expr, scope, isText)) return `${scope.file.runtime("joinText")}(${left}, ${right})`;
  const parts = concatenated(expr);
  const literal = (part: Expr) => part.kind === "literal" || part.kind === "interpolation";
  return parts.some(literal) ? expressInterpolation(parts.flatMap(templateParts), scope) : `(${left} + ${right})`;
}

function concatenated(expr: Expr): Expr[] {
  if (expr.kind !== "binary" || expr.operator !== "<>") return [expr];
  return [...concatenated(expr.left), ...concatenated(expr.right)];
}

function templateParts(expr: Expr): readonly (string | Expr)[] {
  if (expr.kind === "interpolation") return expr.parts;
  return expr.kind === "literal" ? [String(expr.value)] : [expr];
}

function checked(name: string): Form {
  return ({ left, right }, _, scope) => `${scope.file.runtime(name)}(${left}, ${right})`;
}

/** Numbers that are known to be numbers; overflow is caught where a result is persisted. */
function arithmetic(operator: string, name: string): Form {
  return (operands, expr, scope) =>
    bothAre(expr, scope, isNumber)
      ? `(${operands.left} ${operator} ${operands.right})`
      : checked(name)(operands, expr, scope);
}

/** One scalar side is enough: `===` against a scalar is false for anything of another kind. */
function equality(operator: string, negation: string): Form {
  return ({ left, right }, expr, scope) => {
    const hasScalar = isScalar(known(expr.left, scope)) || isScalar(known(expr.right, scope));
    const plain = hasScalar && comparable(expr.left, expr.right, scope);
    return plain ? `(${left} ${operator} ${right})` : `${negation}${scope.file.runtime("equals")}(${left}, ${right})`;
  };
}

function ordering(operator: string): Form {
  return ({ left, right }, expr, scope) =>
    bothAre(expr, scope, isNumber)
      ? `(${left} ${operator} ${right})`
      : `(${scope.file.runtime("compare")}(${left}, ${right}) ${operator} 0)`;
}

/** `&&` and `||` give one of their sides, so the plain form needs a left side that JavaScript judges alike. */
function logical(operator: "&&" | "||"): Form {
  return ({ left, right }, expr, scope) => {
    const type = known(expr.left, scope);
    if (isBoolean(type)) return `(${left} ${operator} ${right})`;
    if (operator === "||" && isAlwaysTruthy(type)) return left;
    if (operator === "||" && left === "null") return right;
    if (operator === "||" && !canBeFalse(type)) return `(${expressNullish(expr.left, scope)} ?? ${right})`;
    return `${scope.file.runtime(operator === "&&" ? "both" : "either")}(${left}, () => ${right})`;
  };
}

function strict(operator: "&&" | "||", word: "and" | "or"): Form {
  return ({ left, right }, expr, scope) => {
    const test = isBoolean(known(expr.left, scope))
      ? left
      : `${scope.file.runtime("requireBoolean")}(${left}, "${word}")`;
    return `(${test} ${operator} ${right})`;
  };
}
