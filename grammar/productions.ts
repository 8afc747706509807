/**
 * The parser's own rules as plain shapes: what is documented is what is parsed. The EBNF and the syntax diagrams are
 * printed from them. Operators are one flat list here; their precedence is a table (operators.ts).
 */
import { parser } from "./parser/modules.ts";
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

/** The parts of Chevrotain's serialized grammar that are read here. */
interface Part {
  readonly type: string;
  readonly name?: string;
  readonly definition?: readonly Part[];
}

/** The rules from the outside in: a file, what is in it, what is in that. */
export function productions(): readonly Production[] {
  const rules = new Map((parser.getSerializedGastProductions() as Part[]).map((rule) => [rule.name, rule]));
  const found = new Map<string, Shape>();
  const next = ["file"];
  for (const name of next) {
    if (found.has(name)) continue;
    const shape = sequence(rules.get(name)?.definition ?? []);
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

function sequence(parts: readonly Part[]): Shape {
  const [only, more] = parts;
  return only && !more ? shapeOf(only) : { kind: "sequence", parts: parts.map(shapeOf) };
}

function shapeOf({ type, name = "", definition = [] }: Part): Shape {
  switch (type) {
    case "Terminal":
      return { kind: "terminal", text: terminal(name) };
    case "NonTerminal":
      return { kind: "rule", name };
    case "Option":
      return { kind: "optional", part: sequence(definition) };
    case "Repetition":
      return { kind: "repeated", part: sequence(definition) };
    case "Alternation":
      return { kind: "choice", parts: definition.map(shapeOf) };
    default:
      return sequence(definition);
  }
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
