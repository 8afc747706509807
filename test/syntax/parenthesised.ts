/** An expression with every operation in parentheses of its own, so that nothing is left to precedence. */
import type { Expr } from "../../compiler/ast/nodes.ts";
import { build } from "./build.ts";

export function parenthesised(text: string): string {
  const { file, reports } = build(`def f() do\n${text}\nend\n`);
  const [item] = file.modules[0]?.items ?? [];
  if (reports.length > 0 || item?.kind !== "functionClause") throw new Error(`${text}\n${reports.join("\n")}`);
  return (item.body?.expressions ?? []).map(write).join("\n");
}

function write(expr: Expr): string {
  switch (expr.kind) {
    case "literal":
      return expr.type === "atom" ? `:${expr.value}` : JSON.stringify(expr.value);
    case "variable":
      return expr.name;
    case "unary":
      return `(${expr.operator} ${write(expr.operand)})`;
    case "binary":
      return writeBinary(expr);
    case "match":
      return `(${expr.pattern.kind === "variablePattern" ? expr.pattern.name : "?"} = ${write(expr.value)})`;
    case "field":
      return `${write(expr.object)}.${expr.key.text}`;
    case "access":
      return `${write(expr.object)}[${write(expr.key)}]`;
    case "list":
      return `[${expr.items.map(write).join(", ")}]`;
    case "call":
      return expr.piped
        ? `(${write(expr.args[0]!)} |> ${expr.name.text}(${expr.args.slice(1).map(write).join(", ")}))`
        : `${expr.name.text}(${expr.args.map(write).join(", ")})`;
    default:
      throw new Error(`no text for a ${expr.kind}`);
  }
}

function writeBinary(expr: Extract<Expr, { kind: "binary" }>): string {
  if (expr.operator !== "..//") return `(${write(expr.left)} ${expr.operator} ${write(expr.right)})`;
  if (expr.left.kind !== "binary") throw new Error("a step without a range");
  return `(${write(expr.left.left)}..${write(expr.left.right)}//${write(expr.right)})`;
}
