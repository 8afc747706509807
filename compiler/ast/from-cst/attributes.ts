/** `@name …` in a module: documentation, types, signatures, schedules, and everything else a constant. */
import type { CstNode, IToken } from "@durablec/grammar";
import * as declarationRules from "../../diagnostics/catalog/syntax-declarations.ts";
import * as expressionRules from "../../diagnostics/catalog/syntax-expressions.ts";
import * as unsupportedRules from "../../diagnostics/catalog/syntax-unsupported.ts";
import type { Constant, Name, Schedule, Spec, TypeDefinition } from "../nodes.ts";
import { type Arguments, argumentsOf, declaredArguments, type Keyword, optionsOf, valuesOf } from "./arguments.ts";
import { type Context, report } from "./context.ts";
import { nameOf, node, nodes, spanOf, theToken, token } from "./cst.ts";
import { readTerm } from "./expressions.ts";
import type { OperandTerm, Term } from "./terms.ts";
import { buildType, typeOf, typesIn } from "./types.ts";

/** Text about the module or about what follows; null for `false`. */
export interface Doc {
  readonly kind: "doc" | "moduledoc" | "typedoc";
  readonly text: string | null;
}

export type Attribute = Constant | TypeDefinition | Spec | Schedule | Doc;

type Reader = (context: Context, attribute: CstNode, args: Arguments) => Attribute | null;

const readers = new Map<string, Reader>([
  ["doc", docOf("doc")],
  ["moduledoc", docOf("moduledoc")],
  ["typedoc", docOf("typedoc")],
  ["type", typeDefinitionOf],
  ["typep", typeDefinitionOf],
  ["opaque", typeDefinitionOf],
  ["spec", specOf],
  ["schedule", scheduleOf],
]);

/** Attributes of Elixir that mean something there and nothing here. */
const unsupported = new Set([
  "behaviour",
  "callback",
  "macrocallback",
  "optional_callbacks",
  "impl",
  "derive",
  "enforce_keys",
  "before_compile",
  "after_compile",
  "on_load",
  "on_definition",
  "external_resource",
  "compile",
]);

export function attributeOf(context: Context, attribute: CstNode): Attribute | null {
  const name = theToken(attribute, "Name");
  if (unsupported.has(name.image)) {
    report(context, unsupportedRules.unsupportedAttribute, spanOf(attribute), { name: name.image });
    return null;
  }
  const args = declaredArguments(context, attribute);
  return (readers.get(name.image) ?? constantOf)(context, attribute, args);
}

function malformed(context: Context, attribute: CstNode, usage: string): null {
  const name = theToken(attribute, "Name");
  report(context, declarationRules.badAttribute, spanOf(attribute), { name: name.image, usage });
  return null;
}

function docOf(kind: Doc["kind"]): Reader {
  return (context, attribute, args) => {
    const [value, more] = valuesOf(context, args);
    if (value?.kind === "invalid") return null;
    if (value?.kind !== "literal" || more || (value.type !== "string" && value.value !== false)) {
      return malformed(context, attribute, `@${kind} "What it does."`);
    }
    return { kind, text: typeof value.value === "string" ? value.value : null };
  };
}

const constantOf: Reader = (context, attribute, args) => {
  const name = theToken(attribute, "Name");
  const [value, more] = valuesOf(context, args);
  if (!value || more) return malformed(context, attribute, `@${name.image} value`);
  return { kind: "constant", span: spanOf(attribute), name: nameOf(name), value };
};

function scheduleOf(context: Context, attribute: CstNode, { positional, keywords }: Arguments): Schedule | null {
  if (positional.length > 0 || keywords.length === 0)
    return malformed(context, attribute, '@schedule cron: "0 9 * * *"');
  return { kind: "schedule", span: spanOf(attribute), options: optionsOf(context, keywords) };
}

/** The two sides of `name(…) :: type`. */
interface Typed {
  readonly head: OperandTerm;
  readonly name: IToken;
  readonly params: CstNode | null;
  readonly type: Term;
}

function typedOf(context: Context, { positional, keywords }: Arguments): Typed | null {
  const [only, more] = positional;
  const term = only && !more && keywords.length === 0 ? readTerm(context, only) : null;
  if (term?.kind !== "infix" || term.symbol !== "::" || term.left.kind !== "operand") return null;
  const head = term.left;
  const name = token(head.node, "Name");
  const [suffix, another] = nodes(head.node, "suffix");
  if (!name || another || node(head.node, "bareArguments")) return null;
  const params = suffix ? node(suffix, "callArguments") : null;
  return suffix && !params ? null : { head, name, params, type: term.right };
}

function typeDefinitionOf(context: Context, attribute: CstNode, args: Arguments): TypeDefinition | null {
  const typed = typedOf(context, args);
  if (!typed) return malformed(context, attribute, "@type name :: integer()");
  const params = typed.params ? variablesIn(context, typed.params) : [];
  const type = typeOf(context, typed.type);
  return { kind: "typeDefinition", span: spanOf(attribute), name: nameOf(typed.name), params, type };
}

function variablesIn(context: Context, params: CstNode): readonly Name[] {
  return typesIn(context, params).flatMap((type) => {
    if (type.kind === "typeVariable") return [{ text: type.name, span: type.span }];
    if (type.kind !== "invalidType") report(context, expressionRules.badTypeParameter, type.span, undefined);
    return [];
  });
}

function specOf(context: Context, attribute: CstNode, args: Arguments): Spec | null {
  const typed = typedOf(context, args);
  if (!typed) return malformed(context, attribute, "@spec name(integer()) :: integer()");
  const bounds = node(attribute, "bareArguments");
  return {
    kind: "spec",
    span: spanOf(attribute),
    name: nameOf(typed.name),
    doc: null,
    params: typed.params ? typesIn(context, typed.params) : [],
    result: typeOf(context, typed.type),
    variables: bounds ? argumentsOf(context, bounds).keywords.map((bound) => boundOf(context, bound)) : [],
  };
}

/** `a: term()` after `when`: what bounds a variable has to be a type, and says no more than the variable does. */
function boundOf(context: Context, { key, value }: Keyword): Name {
  buildType(context, value);
  return key;
}
