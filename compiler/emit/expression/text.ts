import type { Expr, Sigil } from "../../ast/nodes.ts";
import { isBoolean, isNumber, isText } from "../../types/shape.ts";
import { stringLiteral, templateText } from "../literal.ts";
import type { Scope } from "../scope.ts";
import { known } from "../seen.ts";
import { express } from "./express.ts";

export function expressInterpolation(parts: readonly (string | Expr)[], scope: Scope): string {
  return `\`${parts.map((part) => (typeof part === "string" ? templateText(part) : placeholder(part, scope))).join("")}\``;
}

/** What JavaScript prints as the language does stands bare; the rest goes through `text`. */
function placeholder(expr: Expr, scope: Scope): string {
  const type = known(expr, scope);
  const value = express(expr, scope);
  const bare = isText(type) || isNumber(type) || isBoolean(type);
  return `\${${bare ? value : `${scope.file.runtime("text")}(${value})`}}`;
}

export function expressSigil(sigil: Sigil, scope: Scope): string {
  const text = textOf(sigil, scope);
  switch (sigil.letter.toLowerCase()) {
    case "w":
      return wordList(sigil, text, scope);
    case "r":
      return `${scope.file.runtime("Regex")}.compileOrRaise(${text}, ${stringLiteral(sigil.modifiers)})`;
    default:
      return text;
  }
}

function textOf({ parts }: Sigil, scope: Scope): string {
  const fixed = parts.every((part): part is string => typeof part === "string");
  return fixed ? stringLiteral(parts.join("")) : expressInterpolation(parts, scope);
}

function wordList({ parts }: Sigil, text: string, scope: Scope): string {
  const fixed = parts.every((part): part is string => typeof part === "string");
  if (!fixed) return `${scope.file.runtime("Strings")}.split(${text})`;
  const words = parts
    .join("")
    .split(/\s+/)
    .filter((word) => word !== "");
  return `[${words.map(stringLiteral).join(", ")}]`;
}
