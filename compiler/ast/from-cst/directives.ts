/** `use`, `alias`, `require` and `import`. */
import type { CstNode } from "@durablec/grammar";
import * as declarationRules from "../../diagnostics/catalog/syntax-declarations.ts";
import type { Alias, ForeignImport, Name, Require, Use } from "../nodes.ts";
import { type Arguments, argumentsOf, declaredArguments, type Keyword } from "./arguments.ts";
import { type Context, report } from "./context.ts";
import { has, node, nodes, spanOf, theNode, token } from "./cst.ts";
import { buildExpr } from "./expressions.ts";
import { moduleNamed } from "./operands.ts";

export type Directive = Use | Alias | Require | ForeignImport;

const usages: Readonly<Record<string, string>> = {
  Use: "use Durable",
  Alias: "alias MyApp.Orders, as: Orders",
  Require: "require Logger",
  Import: 'import Mailer, from: "./mailer"',
};

/** An alias in braces is several; a directive that is written otherwise is reported and none. */
export function directivesOf(context: Context, directive: CstNode): readonly Directive[] {
  const word = Object.keys(usages).find((name) => token(directive, name)) ?? "Use";
  const args = declaredArguments(context, directive);
  const found = readers[word]?.(context, args, directive) ?? [];
  if (found.length === 0)
    report(context, declarationRules.badDirective, spanOf(directive), { usage: usages[word] ?? "" });
  return found;
}

type Reader = (context: Context, args: Arguments, directive: CstNode) => readonly Directive[];

const readers: Readonly<Record<string, Reader>> = {
  Use: (context, args, directive) =>
    plain(context, args).map((module) => ({ kind: "use", span: spanOf(directive), module })),
  Require: (context, args, directive) =>
    plain(context, args).map((module) => ({ kind: "require", span: spanOf(directive), module })),
  Alias: aliasesOf,
  Import: importOf,
};

/** The one module named, without options. */
function plain(context: Context, { positional, keywords }: Arguments): readonly Name[] {
  const [first, second] = positional;
  const module = first && !second && keywords.length === 0 ? moduleName(context, first) : null;
  return module ? [module] : [];
}

/** `A.B` or `__MODULE__.B`, and nothing more. */
function moduleName(context: Context, expression: CstNode): Name | null {
  const [operand, more] = nodes(expression, "operand");
  const base = operand && moduleNamed(context, operand);
  if (!base || more || ["UnaryOperator", "bareArguments", "doBlock"].some((part) => has(operand, part))) return null;
  const inner = nodes(operand, "suffix").map((suffix) => token(suffix, "ModuleName")?.image);
  if (inner.includes(undefined)) return null;
  return { text: [base.text, ...inner].join("."), span: spanOf(operand) };
}

function aliasesOf(context: Context, { positional, keywords }: Arguments, directive: CstNode): readonly Alias[] {
  const [first, second] = positional;
  const [option, another] = keywords;
  if (!first || second || another) return [];
  const span = spanOf(directive);
  if (!option) {
    const modules = [moduleName(context, first)].filter((name) => name !== null);
    const named = modules.length > 0 ? modules : modulesInBraces(context, first);
    return named.map((module) => ({ kind: "alias", span, module, as: lastSegment(module) }));
  }
  const module = moduleName(context, first);
  const as = option.key.text === "as" ? moduleName(context, option.value) : null;
  return module && as ? [{ kind: "alias", span, module, as }] : [];
}

/** `A.{B, C.D}`. */
function modulesInBraces(context: Context, expression: CstNode): readonly Name[] {
  const [operand] = nodes(expression, "operand");
  const base = operand && moduleNamed(context, operand);
  const [suffix, more] = operand ? nodes(operand, "suffix") : [];
  const braces = suffix && node(suffix, "tuple");
  if (!base || !braces || more) return [];
  const names = argumentsOf(context, theNode(braces, "items")).positional.map((name) => moduleName(context, name));
  if (names.includes(null)) return [];
  return names.filter((name) => name !== null).map(({ text, span }) => ({ text: `${base.text}.${text}`, span }));
}

function lastSegment({ text, span }: Name): Name {
  const segment = text.slice(text.lastIndexOf(".") + 1);
  return { text: segment, span: { start: span.end - segment.length, end: span.end } };
}

function importOf(context: Context, { positional, keywords }: Arguments, directive: CstNode): readonly ForeignImport[] {
  const [first, second] = positional;
  const [option, another] = keywords;
  const name = first && !second ? moduleName(context, first) : null;
  const from = option && !another ? pathOf(context, option) : null;
  return name && from ? [{ kind: "foreignImport", span: spanOf(directive), name, from }] : [];
}

function pathOf(context: Context, { key, value }: Keyword): Name | null {
  if (key.text !== "from") return null;
  const path = buildExpr(context, value);
  return path.kind === "literal" && path.type === "string" ? { text: String(path.value), span: path.span } : null;
}
