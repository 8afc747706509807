/**
 * The parser's own rules as plain shapes, without its gates: what is documented is what is parsed. The EBNF and the syntax diagrams are
 * printed from them. Operators are one flat list here; their precedence is a table (operators.ts).
 */
import { rules } from "./parser/modules.ts";
import { isToken, type Shape as Rule } from "./parser/shapes.ts";
import { interpolationStart } from "./texts.ts";
import { codeTokens, type TokenRow } from "./tokens.ts";

export type Shape =
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Shape[] }
  | { readonly kind: "optional" | "repeated"; readonly part: Shape }
  /** A token: a word or sign as it is written, any other by its name in capitals. */
  | { readonly kind: "terminal"; readonly text: string }
  | { readonly kind: "rule"; readonly name: string };

export interface Production {
  readonly name: string;
  readonly shape: Shape;
}

/** The rules from the outside in: a file, what is in it, what is in that. */
export function productions(): readonly Production[] {
  const found = new Map<string, Shape>();
  const next = ["file"];
  for (const name of next) {
    if (found.has(name)) continue;
    const shape = shapeOf(rules[name]!);
    found.set(name, shape);
    next.push(...mentioned(shape));
  }
  return [...found].map(([name, shape]) => ({ name, shape }));
}

function mentioned(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case "rule":
      return [shape.name];
    case "terminal":
      return [];
    case "optional":
    case "repeated":
      return mentioned(shape.part);
    default:
      return shape.parts.flatMap(mentioned);
  }
}

/** Where a `do` belongs and what only neighbours tell is not part of it. */
function shapeOf(rule: Rule): Shape {
  if (typeof rule === "string")
    return isToken(rule) ? { kind: "terminal", text: terminal(rule) } : { kind: "rule", name: rule };
  switch (rule.kind) {
    case "sequence":
      return sequence(rule.parts.map(shapeOf));
    case "choice":
      return { kind: "choice", parts: rule.parts.map(shapeOf) };
    case "optional":
    case "repeated":
      return { kind: rule.kind, part: shapeOf(rule.part) };
    default:
      return shapeOf(rule.part);
  }
}

/** What stands in a sequence within a sequence stands in the sequence. */
function sequence(parts: readonly Shape[]): Shape {
  return { kind: "sequence", parts: parts.flatMap((part) => (part.kind === "sequence" ? part.parts : [part])) };
}

const fixed = new Map([...codeTokens, interpolationStart].map((row) => [row.name, spelling(row)]));

/** Words and signs as they are written; everything else by its name. */
export function terminal(name: string): string {
  return fixed.get(name) ?? name.toUpperCase();
}

/** How a token is written, when there is one way only. */
export function spelling({ pattern, word }: TokenRow): string | undefined {
  if (typeof pattern === "string") return `"${pattern}"`;
  return word ? `"${pattern.source}"` : undefined;
}
