/**
 * What may be written at the cursor. The tokens before it say what kind of thing that is, and the program what there is of
 * it. Where the text cannot be read, as after `data.` with nothing behind it, the program is asked as it would be with a
 * name of our own in place of the word.
 */
import { type CompletionItem, CompletionItemKind, MarkupKind } from "vscode-languageserver/node";
import { descendants } from "../../ast/walk.ts";
import type { Environment } from "../../resolve/environment.ts";
import { meaningOf } from "../../resolve/environment.ts";
import { usable } from "../../resolve/words.ts";
import type { Snapshot } from "../../session.ts";
import { show } from "../../types/show.ts";
import { type Cursor, cursorAt } from "../cursor/cursor.ts";
import { environmentAt } from "../cursor/module.ts";
import { optionsFor } from "../cursor/options.ts";
import { localsAt } from "../cursor/scope.ts";
import { code, markdown } from "../describe/markdown.ts";
import { aboutOption } from "../describe/options.ts";
import { builtInLine } from "../describe/signatures.ts";
import { rangeOf } from "../places.ts";
import { pathTo } from "../tree.ts";
import type { View } from "../view.ts";
import { atoms } from "./completion/atoms.ts";
import { functionsInScope, membersOf, modulesInScope } from "./completion/functions.ts";
import { type CompletionData, type Proposal, toItem } from "./completion/item.ts";
import { keysOf } from "./completion/keys.ts";
import { bodyWords, outlineWords } from "./completion/snippets.ts";
import { texts } from "./completion/texts.ts";

export interface CompletionOptions {
  readonly snippets: boolean;
  /** The character whose typing has asked, if one has. */
  readonly trigger: string | undefined;
  /** Looks at the file as if it had another text. What was seen of the project before is over then. */
  readonly viewAs: <T>(text: string, look: (view: View) => T) => T;
}

export function completion(view: View, offset: number, options: CompletionOptions): CompletionItem[] {
  const { source } = view.file;
  const cursor = cursorAt(source.text, offset);
  // Between names a slash divides.
  if (options.trigger === "/" && cursor.kind !== "text") return [];
  const range = rangeOf(source, cursor.word);
  return proposalsAt(cursor, view, offset, options).map((proposal) => toItem(proposal, range, options.snippets));
}

function proposalsAt(cursor: Cursor, view: View, offset: number, { viewAs }: CompletionOptions): Proposal[] {
  const environment = environmentAt(view, offset);
  switch (cursor.kind) {
    case "comment":
      return [];
    case "text":
      return texts(cursor, view, environment);
    case "constant":
      return environment ? constants(cursor, environment) : [];
    case "atom":
      return isAccess(cursor) ? withName(cursor, view, viewAs, accessKeys) : atoms(cursor, view, offset);
    case "member":
      return cursor.qualifier !== null && environment
        ? membersOf(cursor.qualifier, environment, view)
        : (fieldsAt(view, cursor.word.start) ??
            withName(cursor, view, viewAs, (changed, at) => fieldsAt(changed, at) ?? []));
    case "module":
      return environment ? modules(cursor, environment) : [];
    case "name":
      return names(cursor, view, viewAs);
  }
}

const placeholder = "zz_cursor_zz";

function withName(
  { word }: Cursor,
  { file: { source } }: View,
  viewAs: CompletionOptions["viewAs"],
  look: (view: View, offset: number) => Proposal[],
): Proposal[] {
  const text = source.text.slice(0, word.start) + placeholder + source.text.slice(word.end);
  return viewAs(text, (changed) => look(changed, word.start));
}

// ── What follows a dot, or stands between brackets ──────────────────────────────────────────────────────────────────

/** Null where no name follows a dot. */
function fieldsAt({ snapshot: { program }, file }: View, start: number): Proposal[] | null {
  for (const node of file.modules.flatMap(descendants)) {
    if (node.kind === "field" && node.key.span.start === start) return keyProposals(program.typeOf(node.object));
  }
  return null;
}

function isAccess({ before }: Cursor): boolean {
  const [bracket, object] = before.filter(({ image }) => image !== ":");
  if (bracket?.image !== "[" || !object) return false;
  return object.startOffset + object.image.length === bracket.startOffset && /[\w)\]]$/.test(object.image);
}

function accessKeys({ snapshot: { program }, file }: View): Proposal[] {
  for (const node of file.modules.flatMap(descendants)) {
    if (node.kind !== "access" || node.key.kind !== "literal" || node.key.value !== placeholder) continue;
    return keyProposals(program.typeOf(node.object));
  }
  return [];
}

function keyProposals(type: Parameters<typeof keysOf>[0]): Proposal[] {
  return keysOf(type).map(({ key, field }) => ({
    label: key,
    kind: CompletionItemKind.Field,
    detail: field.optional ? `${show(field.type)}, may be missing` : show(field.type),
    rank: field.optional ? 3 : 2,
  }));
}

// ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function names(cursor: Cursor, view: View, viewAs: CompletionOptions["viewAs"]): Proposal[] {
  const { call, blocks } = cursor;
  if (call?.name === "use") return usable.map((label) => ({ label, kind: CompletionItemKind.Module }));
  const outline = cursor.atStatement ? outlineWords(blocks) : null;
  if (outline) return [...outline];
  const options = optionNames(cursor);
  if (isDeclaration(cursor))
    return [...options, { label: "fn", kind: CompletionItemKind.Keyword, snippet: "fn data ->\n  $0{:ok, data}\nend" }];
  if (!environmentAt(view, cursor.word.start)) return options;
  const here = pathTo(view.file, cursor.word.start).at(-1);
  const isRead = here?.span.start === cursor.word.start && (here.kind === "variable" || here.kind === "call");
  const look = (seen: View, at: number) => namesInScope(cursor, seen, at);
  return [...options, ...(isRead ? look(view, cursor.word.start) : withName(cursor, view, viewAs, look))];
}

function namesInScope(cursor: Cursor, view: View, offset: number): Proposal[] {
  const environment = environmentAt(view, offset);
  const locals = variables(view, offset);
  const known = new Set(locals.map(({ label }) => label));
  const functions = environment ? functionsInScope(environment, view).filter(({ label }) => !known.has(label)) : [];
  return [...locals, ...functions, ...bodyWords(), ...(environment ? modules(cursor, environment) : [])];
}

/** The head of a step or block takes options and a function, and nothing else. */
function isDeclaration({ call }: Cursor): boolean {
  return (
    call !== null &&
    call.key === null &&
    /^(?:workflow|step|decision|compensate|parallel|branch|retry)$/.test(call.name)
  );
}

function optionNames({ call, atOption, blocks }: Cursor): Proposal[] {
  const options = call && (atOption || call.firsts[call.argument] === undefined) ? optionsFor(call, blocks) : null;
  return (options?.names ?? []).map((name) => ({
    label: `${name}:`,
    kind: CompletionItemKind.Property,
    doc: options && aboutOption(options.owner, name),
    text: `${name}: `,
    rank: 0,
  }));
}

function variables({ snapshot: { program }, file }: View, offset: number): Proposal[] {
  return [...localsAt(file, offset, program).values()].map((local) => ({
    label: local.name,
    kind: CompletionItemKind.Variable,
    detail: show(program.typeOfLocal(local)),
    rank: 1,
  }));
}

function modules({ call }: Cursor, environment: Environment): Proposal[] {
  const calls = call?.argument === 0 && /^(?:call|start)_workflow$/.test(call.name);
  const hasWorkflows = (name: string) => {
    const span = { start: 0, end: 0 };
    const meaning = meaningOf(environment, { kind: "moduleRef", span, name, erlang: false });
    return meaning.kind === "project" && meaning.module.workflows.length > 0;
  };
  return modulesInScope(environment, (name) => (calls && hasWorkflows(name) ? 0 : 7));
}

const attributes = ["doc", "moduledoc", "spec", "type", "schedule"];

function constants({ blocks }: Cursor, { module }: Environment): Proposal[] {
  const own = [...module.constants.keys()].map((label) => ({ label, kind: CompletionItemKind.Constant, rank: 1 }));
  const isOutline = blocks.length === 0 || blocks[0] === "defmodule";
  return isOutline ? attributes.map((label) => ({ label, kind: CompletionItemKind.Keyword })) : own;
}

/** Adds signatures and documentation, which are read only for the item that is looked at. */
export function completeItem(item: CompletionItem, { prelude }: Snapshot): CompletionItem {
  const { module, name } = item.data as CompletionData;
  const functions = prelude.functions(module, name);
  const [first] = functions;
  if (!first) return item;
  const { value } = markdown(code(functions.map((each) => builtInLine(each).text).join("\n")), first.doc);
  return {
    ...item,
    detail: item.detail ?? builtInLine(first).text,
    documentation: { kind: MarkupKind.Markdown, value },
  };
}
