/** A tree as text: `(binary operator="+" left=(variable name="a") right=(literal type="integer" value=1))`. */

const widest = 110;

/** Places would only hide the shape. */
const hidden = new Set(["kind", "span", "source", "operatorSpan", "comments"]);

type Part = readonly [name: string, value: unknown];

export function show(node: unknown, indent = ""): string {
  if (typeof node !== "object" || node === null) return JSON.stringify(node);
  if (Array.isArray(node)) return showList(node, indent);
  if (isName(node)) return JSON.stringify(node.text);
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
  return !hidden.has(name) && value !== false && value !== null && !(Array.isArray(value) && value.length === 0);
}
