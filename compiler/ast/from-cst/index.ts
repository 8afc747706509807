/**
 * Text to tree. Guarantees: nothing is thrown for a mistake in the text; every mistake is reported once; what could be
 * read is in the tree, and what could not stands there as `invalid`. Names are not looked at.
 */
import { type ParsedFile, parseFile } from "@durablec/grammar";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { SourceText } from "../../source/source.ts";
import type { Comment, Module, ModuleItem, SourceFile } from "../nodes.ts";
import { refuseStrayArguments } from "./captures.ts";
import type { Context } from "./context.ts";
import { spanOf } from "./cst.ts";
import { type Body, bodyOf, isDirective } from "./modules.ts";
import { reportProblems } from "./problems.ts";

export function buildFile(source: SourceText, bag: DiagnosticBag): SourceFile {
  return buildParsed(source, parseFile(source.text), bag);
}

/** As `buildFile`, for who needs the concrete tree too. */
export function buildParsed(source: SourceText, parsed: ParsedFile, bag: DiagnosticBag): SourceFile {
  const context: Context = { source, bag, module: moduleName(source.path) };
  reportProblems(context, parsed.errors);
  const comments = parsed.comments.map((comment): Comment => ({ text: comment.image, span: spanOf(comment) }));
  const span = { start: 0, end: source.text.length };
  const body = parsed.cst && bodyOf(context, parsed.cst, null);
  const modules = body ? modulesOf(context, body) : [];
  for (const module of modules) refuseStrayArguments(context, module);
  return { kind: "file", source, span, modules, comments };
}

/**
 * Items outside any module belong to one named after the file. Directives alone make no module: as in Elixir, they hold
 * for the modules below them.
 */
function modulesOf(context: Context, { items, doc, modules }: Body): readonly Module[] {
  const directives = items.filter(isDirective);
  const declared = modules.map((module) => ({ ...module, items: [...directives, ...module.items] }));
  if (items.length === directives.length) return declared;
  return [implicitModule(context, items, doc), ...declared];
}

function implicitModule({ module }: Context, items: readonly ModuleItem[], doc: string | null): Module {
  const start = Math.min(...items.map(({ span }) => span.start));
  const end = Math.max(...items.map(({ span }) => span.end));
  const name = { text: module, span: { start, end: start } };
  return { kind: "module", span: { start, end }, name, implicit: true, doc, items };
}

/** `flows/order_pipeline.durable` is `OrderPipeline`. */
function moduleName(path: string): string {
  const base = path.replace(/^.*[\\/]/, "").replace(/\.durable$/, "");
  const words = base.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(name) ? name : `File${name}`;
}
