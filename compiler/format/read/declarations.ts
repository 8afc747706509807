/** Modules, workflows and what is in them: calls with a word of the language, arguments and a block. */
import type { CstNode, IToken } from "@durablec/grammar";
import { isToken, node, theToken, token } from "../../ast/from-cst/cst.ts";
import type { Form } from "../forms.ts";
import { bare, declared, type Given, nothingGiven, optionsOf } from "./arguments.ts";
import { callOf, constantOf } from "./expressions.ts";
import { around, beginsLine, endOf, endsLine, lineOf } from "./lines.ts";
import { itemSections, sectionsOf } from "./sections.ts";
import { literalWord, moduleWord } from "./words.ts";

export function moduleItemOf(source: string, item: CstNode): Form {
  const inner = item.parts[0] as CstNode;
  if (inner.name === "part") return partOf(source, inner);
  return inner.name === "attribute" ? attributeOf(source, inner) : declarationOf(source, inner);
}

export function partOf(source: string, part: CstNode): Form {
  return declarationOf(source, part.parts[0] as CstNode);
}

function declarationOf(source: string, declaration: CstNode): Form {
  const word = firstWord(declaration);
  const given =
    declaration.name === "module" ? moduleName(declaration) : declared(source, node(declaration, "declaredArguments"));
  return callOf({ kind: "local", name: word.image }, given, lineOf(word), blockOf(source, declaration));
}

function firstWord(declaration: CstNode): IToken {
  return declaration.parts.find(isToken)!;
}

function moduleName(module: CstNode): Given {
  const name = token(module, "ModuleName");
  return { ...nothingGiven, args: [name ? moduleWord(name) : literalWord(theToken(module, "Atom"))] };
}

function blockOf(source: string, declaration: CstNode) {
  if (declaration.name === "module") return itemSections(source, declaration);
  const items = node(declaration, "itemBlock");
  if (items) return itemSections(source, items);
  const block = node(declaration, "doBlock");
  return block ? sectionsOf(source, block) : undefined;
}

/** `@name`, `@name value`, `@spec f(a) :: a when a: term()`. */
function attributeOf(source: string, attribute: CstNode): Form {
  const [at, name] = [theToken(attribute, "At"), theToken(attribute, "Name")];
  const given = node(attribute, "declaredArguments");
  if (!given) return constantOf(at, name);
  const args = withVariables(source, attribute, declared(source, given));
  return callOf({ kind: "attribute", name: `@${name.image}` }, args, lineOf(at));
}

function withVariables(source: string, attribute: CstNode, given: Given): Given {
  const when = token(attribute, "When");
  const [signature] = given.args;
  if (!when || !signature) return given;
  const right = optionsOf(bare(source, node(attribute, "bareArguments")!).options);
  const newline = beginsLine(source, when) || endsLine(source, endOf(when));
  const place = around(lineOf(when), signature, right);
  return { ...given, args: [{ kind: "binary", operator: "when", left: signature, right, newline, ...place }] };
}
