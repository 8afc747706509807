/** What may be renamed, and to what. A refusal says why, and what to do instead. */

import { occurrencesIn } from "../../names/occurrences.ts";
import type { NameSymbol } from "../../names/symbol.ts";
import type { View } from "../../view.ts";

/** Why a name cannot be renamed at all; null when it can. */
export function whyFixed(symbol: NameSymbol): string | null {
  switch (symbol.kind) {
    case "builtIn":
      return `\`${symbol.function.name}\` is a built-in function.`;
    case "builtInModule":
      return `\`${symbol.name}\` is a built-in module.`;
    case "foreign":
      return `\`${symbol.export.name}\` is an export of ${symbol.export.path}. Rename it there.`;
    case "foreignModule":
      return `\`${symbol.module.name}\` is a TypeScript module. Change its name where it is imported or configured.`;
    case "option":
      return `\`${symbol.option.name}:\` is an option of the language.`;
    case "field":
      return `\`${symbol.field.key.text}\` is a key of a map: which other places mean the same key cannot be told for sure.`;
    case "dataKey":
      return `\`${symbol.key}\` is a key of the data, which executions under way have stored, and of the result, which others may read.`;
    case "module":
      return symbol.module.ast.implicit
        ? "The module is named after its file. Rename the file, or put it into a `defmodule`."
        : null;
    default:
      return null;
  }
}

export function nameOf(symbol: NameSymbol): string {
  switch (symbol.kind) {
    case "local":
      return symbol.local.name;
    case "step":
      return symbol.step.name.text;
    case "compensation":
      return symbol.compensation.name.text;
    case "workflow":
      return symbol.workflow.name;
    case "module":
      return symbol.module.name;
    case "function":
      return symbol.function.name;
    case "constant":
      return symbol.constant.name.text;
    case "type":
      return symbol.type.name.text;
    default:
      return "";
  }
}

interface Form {
  readonly pattern: RegExp;
  readonly what: string;
}

const lowerCase: Form = {
  pattern: /^[a-z_]\w*[?!]?$/,
  what: "begins with a lower-case letter and has letters, digits and `_`",
};
const plain: Form = { pattern: /^[a-z_]\w*$/, what: "begins with a lower-case letter and has letters, digits and `_`" };
const atom: Form = { pattern: /^[A-Za-z_][\w@]*[?!]?$/, what: "begins with a letter and has letters, digits and `_`" };
const dotted: Form = {
  pattern: /^[A-Z]\w*(?:\.[A-Z]\w*)*$/,
  what: "is made of words that begin with a capital letter, with dots between them",
};
const text: Form = {
  pattern: /^[^"\\\n\r]*[^"\\\n\r\s][^"\\\n\r]*$/,
  what: "is a text without quotes and backslashes",
};

const forms: { readonly [kind in NameSymbol["kind"]]?: Form } = {
  local: plain,
  step: atom,
  compensation: atom,
  workflow: text,
  module: dotted,
  function: lowerCase,
  constant: plain,
  type: plain,
};

const reserved: ReadonlySet<string> = new Set(
  "do end fn else rescue after catch true false nil when and or in not".split(" "),
);

/** Why a new name will not do; null when it will. */
export function whyUnfit(symbol: NameSymbol, name: string, view: View): string | null {
  const form = forms[symbol.kind];
  if (!form?.pattern.test(name) || (reserved.has(name) && symbol.kind !== "workflow")) {
    return `\`${name}\` cannot be its name: such a name ${form?.what ?? "does not exist"}, and is no word of the language.`;
  }
  return isTaken(symbol, name, view) ? `There is a \`${name}\` already.` : null;
}

function isTaken(symbol: NameSymbol, name: string, view: View): boolean {
  switch (symbol.kind) {
    case "local":
      return wouldMix(symbol, name, view);
    case "step":
      return symbol.workflow.module.file.modules.length > 0 && hasItem(symbol.workflow.ast, "step", name);
    case "compensation":
      return hasItem(symbol.workflow.ast, "compensate", name);
    case "workflow":
      return symbol.workflow.module.workflows.some((workflow) => workflow.name === name);
    case "module":
      return view.snapshot.program.resolved.modules.has(name) || view.snapshot.prelude.has(name);
    case "function":
      return [...symbol.function.module.functions.values()].some((other) => other.name === name);
    case "constant":
      return symbol.module.constants.has(name);
    case "type":
      return symbol.module.types.has(name);
    default:
      return false;
  }
}

function hasItem(
  workflow: Extract<NameSymbol, { kind: "workflow" }>["workflow"]["ast"],
  kind: "step" | "compensate",
  name: string,
): boolean {
  const inItems = (items: typeof workflow.items): boolean =>
    items.some((item) => {
      if (item.kind === kind) return item.name.text === name;
      if (item.kind === "branch") return item.clauses.some((clause) => inItems(clause.items));
      return item.kind === "parallel" && inItems(item.items);
    });
  return inItems(workflow.items);
}

/** A variable of the new name among the places of this one would be taken for it, or this one for it. */
function wouldMix(symbol: Extract<NameSymbol, { kind: "local" }>, name: string, { snapshot, file }: View): boolean {
  const body = bodyAround(symbol.local.span.start, file);
  const names = occurrencesIn(snapshot, file).filter(({ span }) => span.start >= body.start && span.end <= body.end);
  return names.some((each) => each.symbol.kind === "local" && each.symbol.local.name === name);
}

/** The function or item of a workflow in which a variable lives. */
function bodyAround(offset: number, { modules, span }: View["file"]) {
  const items = modules.flatMap((module) => module.items);
  const around = items.filter((item) => item.span.start <= offset && offset < item.span.end);
  return around.at(-1)?.span ?? span;
}
