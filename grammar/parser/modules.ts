/** Rules for files and modules; the parser itself, of which there is one. */
import { touches } from "../touches.ts";
import { token } from "../vocabulary.ts";
import { bracketRules } from "./brackets.ts";
import { compile } from "./compile.ts";
import { expressionRules } from "./expressions.ts";
import type { Reading } from "./reading.ts";
import { choice, optional, type Rules, separated, sequence, when } from "./shapes.ts";
import { workflowRules } from "./workflows.ts";

const bracketStart = token("BracketStart");

/** `@name[:key]` reads a constant and declares none. */
function declaresAttribute(at: Reading): boolean {
  const bracket = at.ahead(3);
  return bracket.tokenType !== bracketStart || !touches(at.ahead(2), bracket);
}

export const rules: Rules = {
  file: optional(separated("moduleItem", "Separator")),

  module: sequence(
    "Defmodule",
    choice("ModuleName", "Atom"),
    "Do",
    optional(separated("moduleItem", "Separator")),
    "End",
  ),

  moduleItem: choice(
    "module",
    "directive",
    "definition",
    "workflow",
    when(declaresAttribute, "attribute"),
    "part",
    "statement",
  ),

  directive: sequence(choice("Use", "Alias", "Require", "Import"), "declaredArguments"),

  definition: sequence(choice("Def", "Defp"), "declaredArguments", optional("doBlock")),

  // `@name value`, `@type …`, `@spec … when a: term()`, `@schedule key: value`.
  attribute: sequence("At", "Name", optional("declaredArguments", optional("When", "bareArguments"))),

  ...workflowRules,
  ...expressionRules,
  ...bracketRules,
};

export const parse = compile(rules, "file");
