/** A tree as text: `(binary operator="+" left=a right=1)`. Names stand for variables, values for literals. */
import type {
  Literal,
  LiteralPattern,
  LiteralType,
  ModuleRef,
  TypeVariable,
  Variable,
  VariablePattern,
  WildcardPattern,
} from "../../compiler/ast/nodes.ts";

const widest = 110;

/** Places would only hide the shape. */
const hidden = new Set(["kind", "span", "operatorSpan", "keyword"]);

type Part = readonly [name: string, value: unknown];

export function show(node: unknown, indent = ""): string {
  if (typeof node !== "object" || node === null) return JSON.stringify(node);
  if (Array.isArray(node)) return showList(node, indent);
  if (isName(node)) return JSON.stringify(node.text);
  const leaf = "kind" in node ? showLeaf(node as Leaf) : null;
  if (leaf !== null) return leaf;
  const kind = "kind" in node ? String(node.kind) : "";
  const parts = Object.entries(node).filter(isTold);
  const inline = `(${[kind, ...parts.map(([name, value]) => `${name}=${show(value, "")}`)].filter(Boolean).join(" ")})`;
  if (!inline.includes("\n") && inline.length + indent.length <= widest) return inline;
  const deeper = `${indent}  `;
  return `(${[kind, ...parts.map(([name, value]) => `\n${deeper}${name}=${show(value, deeper)}`)].join("")})`;
}

function showList(items: readonly unknown[], indent: string): string {
  const inline = `[${items.map((item) => show(item, "")).join(" ")}]`;
  if (!inline.includes("\n") && inline.length + indent.length <= widest) return inline;
  const deeper = `${indent}  `;
  return `[${items.map((item) => `\n${deeper}${show(item, deeper)}`).join("")}]`;
}

function isName(node: object): node is { readonly text: string } {
  return "text" in node && "span" in node && !("kind" in node);
}

/** What is absent, false or empty goes without saying. */
function isTold([name, value]: Part): boolean {
  return (
    !(hidden.has(name) && typeof value !== "boolean") &&
    value !== false &&
    value !== null &&
    !(Array.isArray(value) && value.length === 0)
  );
}

type Leaf =
  | Literal
  | Variable
  | ModuleRef
  | VariablePattern
  | WildcardPattern
  | LiteralPattern
  | TypeVariable
  | LiteralType;

function showLeaf(node: Leaf): string | null {
  switch (node.kind) {
    case "literal":
      return showLiteral(node);
    case "variable":
    case "variablePattern":
    case "typeVariable":
      return node.name;
    case "moduleRef":
      return node.erlang ? `:${node.name}` : node.name;
    case "wildcardPattern":
      return "_";
    case "literalPattern":
    case "literalType":
      return show(node.value);
    default:
      return null;
  }
}

function showLiteral({ type, value }: Literal): string {
  if (type === "atom") return /^\w+[?!]?$/.test(String(value)) ? `:${value}` : `:${JSON.stringify(value)}`;
  if (type === "float") return Number.isInteger(value) ? `${value}.0` : String(value);
  return type === "nil" ? "nil" : JSON.stringify(value);
}
