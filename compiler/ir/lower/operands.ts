/**
 * Expressions whose parts need statements: the parts are computed in order, each before the next, and the expression
 * is put together again from their values.
 */
import type { Expr } from "../../ast/nodes.ts";
import type { Statement } from "../machine.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { named } from "./match.ts";
import { isSimple } from "./simple.ts";

export function lowerOperands(expr: Expr, k: Continuation, context: BodyContext): Statement[] {
  const { parts, rebuild } = partsOf(expr);
  return lowerAll(parts, context, (values) => k.use(context.facts.derive(rebuild(values), expr)));
}

/** Computes expressions from left to right; a value followed by one that needs statements is named first. */
export function lowerAll(
  parts: readonly Expr[],
  context: BodyContext,
  use: (values: readonly Expr[]) => Statement[],
): Statement[] {
  const [first, ...rest] = parts;
  if (!first) return use([]);
  const restIsSimple = rest.every((part) => isSimple(part, context.facts));
  const goOn = (value: Expr) => lowerAll(rest, context, (values) => use([value, ...values]));
  return lower(
    first,
    thenDo((value) => (restIsSimple ? goOn(value) : named(value, "value", context, goOn))),
    context,
  );
}

interface Parts {
  readonly parts: readonly Expr[];
  readonly rebuild: (values: readonly Expr[]) => Expr;
}

function partsOf(expr: Expr): Parts {
  switch (expr.kind) {
    case "call":
      return { parts: expr.args, rebuild: (args) => ({ ...expr, args }) };
    case "apply":
      return { parts: [expr.fn, ...expr.args], rebuild: ([fn, ...args]) => ({ ...expr, fn: fn!, args }) };
    case "unary":
      return { parts: [expr.operand], rebuild: ([operand]) => ({ ...expr, operand: operand! }) };
    case "binary":
      return { parts: [expr.left, expr.right], rebuild: ([left, right]) => ({ ...expr, left: left!, right: right! }) };
    case "field":
      return { parts: [expr.object], rebuild: ([object]) => ({ ...expr, object: object! }) };
    case "access":
      return { parts: [expr.object, expr.key], rebuild: ([object, key]) => ({ ...expr, object: object!, key: key! }) };
    case "tuple":
      return { parts: expr.items, rebuild: (items) => ({ ...expr, items }) };
    case "list":
      return listParts(expr);
    case "map":
      return mapParts(expr);
    case "interpolation":
    case "sigil":
      return textParts(expr);
    case "matchTest":
      return { parts: [expr.value], rebuild: ([value]) => ({ ...expr, value: value! }) };
    default:
      throw new Error(`internal: a ${expr.kind} has no operands to compute first`);
  }
}

function listParts(expr: Extract<Expr, { kind: "list" }>): Parts {
  const count = expr.items.length;
  return {
    parts: expr.tail ? [...expr.items, expr.tail] : expr.items,
    rebuild: (values) => ({ ...expr, items: values.slice(0, count), tail: values[count] ?? null }),
  };
}

function mapParts(expr: Extract<Expr, { kind: "map" }>): Parts {
  const parts = expr.entries.flatMap(({ key, value }) => [key, value]);
  const entriesOf = (values: readonly Expr[]) =>
    expr.entries.map((_, i) => ({ key: values[2 * i]!, value: values[2 * i + 1]! }));
  if (!expr.base) return { parts, rebuild: (values) => ({ ...expr, entries: entriesOf(values) }) };
  return {
    parts: [expr.base, ...parts],
    rebuild: ([base, ...values]) => ({ ...expr, base: base!, entries: entriesOf(values) }),
  };
}

function textParts(expr: Extract<Expr, { kind: "interpolation" | "sigil" }>): Parts {
  const parts = expr.parts.filter((part) => typeof part !== "string");
  return {
    parts,
    rebuild(values) {
      let next = 0;
      return { ...expr, parts: expr.parts.map((part) => (typeof part === "string" ? part : values[next++]!)) };
    },
  };
}
