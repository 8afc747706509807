/**
 * What is known when the program is compiled: literals, arithmetic on them, `@constants`, `hours(2)` and its kin, lists,
 * tuples and maps of such. Values are JSON, as at run time: atoms are text, tuples lists, keyword lists lists of pairs.
 */
import type { Binary, Call, ConstantRef, Expr, ListExpr, MapExpr, Unary, Variable } from "../ast/nodes.ts";
import type { CallTarget, ResolvedModule } from "../resolve/resolved.ts";

export type ConstantValue =
  | null
  | boolean
  | number
  | string
  | readonly ConstantValue[]
  | { readonly [key: string]: ConstantValue };

/** Boxed, because `nil` is a value too. */
export interface Folded {
  readonly value: ConstantValue;
}

/** What a call means; the tables of resolution, or of a phase that has made nodes of its own. */
interface Calls {
  readonly calls: { readonly get: (call: Call) => CallTarget | null | undefined };
}

/** What a variable is known to hold, where that has been followed. */
export type KnownVariable = (variable: Variable) => Folded | null;

/** The value of an expression of a module, or null when it is only known at run time. */
export function constantValue(
  expr: Expr,
  module: ResolvedModule,
  program: Calls,
  ofVariable: KnownVariable = () => null,
): Folded | null {
  return fold(expr, { module, program, ofVariable, open: new Set() });
}

interface Context {
  readonly module: ResolvedModule;
  readonly program: Calls;
  readonly ofVariable: KnownVariable;
  /** Constants being folded: one that mentions itself has no value. */
  readonly open: Set<string>;
}

function fold(expr: Expr, context: Context): Folded | null {
  switch (expr.kind) {
    case "literal":
      return { value: expr.value };
    case "unary":
      return foldUnary(expr, context);
    case "binary":
      return foldBinary(expr, context);
    case "constantRef":
      return foldConstant(expr, context);
    case "variable":
      return context.ofVariable(expr);
    case "call":
      return foldCall(expr, context);
    case "list":
      return foldList(expr, context);
    case "tuple":
      return foldAll(expr.items, context);
    case "map":
      return foldMap(expr, context);
    case "sigil":
    case "interpolation":
      return foldText(expr.parts, expr.kind === "sigil" ? expr.letter : "s", context);
    default:
      return null;
  }
}

function foldText(parts: readonly (string | Expr)[], letter: string, context: Context): Folded | null {
  if (!"sSUD".includes(letter)) return null;
  const texts = parts.map((part) => (typeof part === "string" ? part : interpolated(part, context)));
  return texts.every((text) => text !== null) ? { value: texts.join("") } : null;
}

function interpolated(part: Expr, context: Context): string | null {
  const value = fold(part, context)?.value;
  return isScalar(value) ? String(value ?? "") : null;
}

function foldUnary(expr: Unary, context: Context): Folded | null {
  const operand = fold(expr.operand, context);
  if (!operand) return null;
  const { value } = operand;
  if (expr.operator === "!" || expr.operator === "not") return { value: value === null || value === false };
  if (typeof value !== "number") return null;
  return { value: expr.operator === "-" ? -value : value };
}

const arithmetic: { readonly [operator: string]: ((left: number, right: number) => number) | undefined } = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "**": (left, right) => left ** right,
};

function foldBinary(expr: Binary, context: Context): Folded | null {
  const left = fold(expr.left, context)?.value;
  const right = fold(expr.right, context)?.value;
  const compute = arithmetic[expr.operator];
  if (compute && typeof left === "number" && typeof right === "number") return finite(compute(left, right));
  if (expr.operator === "<>" && typeof left === "string" && typeof right === "string") return { value: left + right };
  if (expr.operator === "++" && Array.isArray(left) && Array.isArray(right)) return { value: [...left, ...right] };
  return null;
}

function finite(value: number): Folded | null {
  return Number.isFinite(value) ? { value } : null;
}

function foldConstant(expr: ConstantRef, context: Context): Folded | null {
  const constant = context.module.constants.get(expr.name);
  if (!constant || context.open.has(expr.name)) return null;
  context.open.add(expr.name);
  const folded = fold(constant.value, context);
  context.open.delete(expr.name);
  return folded;
}

const milliseconds: { readonly [unit: string]: number | undefined } = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

const integerFunctions: { readonly [name: string]: ((left: number, right: number) => number) | undefined } = {
  div: (left, right) => Math.trunc(left / right),
  rem: (left, right) => left % right,
  max: Math.max,
  min: Math.min,
};

function foldCall(expr: Call, context: Context): Folded | null {
  const target = context.program.calls.get(expr);
  if (target?.kind !== "prelude") return null;
  const args = expr.args.map((arg) => fold(arg, context)?.value);
  const [left, right] = args;
  if (typeof left !== "number") return null;
  const unit = target.function.module === "Durable" ? milliseconds[target.function.name] : undefined;
  if (unit !== undefined) return finite(left * unit);
  const compute = target.function.module === "Kernel" ? integerFunctions[target.function.name] : undefined;
  return compute && typeof right === "number" ? finite(compute(left, right)) : null;
}

function foldList(expr: ListExpr, context: Context): Folded | null {
  const items = foldAll(expr.items, context);
  if (!items || !expr.tail) return items;
  const tail = fold(expr.tail, context)?.value;
  return Array.isArray(tail) ? { value: [...items.value, ...tail] } : null;
}

function foldAll(exprs: readonly Expr[], context: Context): { readonly value: readonly ConstantValue[] } | null {
  const values: ConstantValue[] = [];
  for (const expr of exprs) {
    const folded = fold(expr, context);
    if (!folded) return null;
    values.push(folded.value);
  }
  return { value: values };
}

function foldMap(expr: MapExpr, context: Context): Folded | null {
  const base = expr.base ? fold(expr.base, context)?.value : {};
  if (!isObject(base)) return null;
  const value: { [key: string]: ConstantValue } = Object.assign(Object.create(null), base);
  for (const entry of expr.entries) {
    const key = fold(entry.key, context)?.value;
    const item = fold(entry.value, context);
    if (!isScalar(key) || !item) return null;
    value[keyText(key)] = item.value;
  }
  return { value };
}

function isScalar(value: ConstantValue | undefined): value is null | boolean | number | string {
  return value === null || ["boolean", "number", "string"].includes(typeof value);
}

/** A key that is a number, boolean or nil is its text. */
function keyText(key: null | boolean | number | string): string {
  return String(key === null ? "nil" : key);
}

function isObject(value: ConstantValue | undefined): value is { readonly [key: string]: ConstantValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
