/**
 * Formats a source as `mix format` would: from the concrete tree and the comments, to forms, to a document, to lines.
 * What it writes has the same tree and the same comments, and formats to itself. A source that cannot be read is left
 * alone.
 */
import { type ParsedFile, parseFile } from "@durablec/grammar";
import { nodes } from "../ast/from-cst/cst.ts";
import { buildParsed } from "../ast/from-cst/index.ts";
import { DiagnosticBag } from "../diagnostics/bag.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { commentsOf } from "./comments.ts";
import { linesOf } from "./layout/lines.ts";
import { itemsBody } from "./read/bodies.ts";
import { sectionDoc } from "./write/bodies.ts";

export interface FormatOptions {
  /** How long lines may get, in characters; default 98, as for `mix format`. */
  readonly lineWidth?: number;
  /** What messages call the source. */
  readonly path?: string;
}

export type Formatted =
  | { readonly ok: true; readonly text: string }
  /** What keeps the source from being read. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const defaultLineWidth = 98;

export function format(text: string, options: FormatOptions = {}): Formatted {
  const { lineWidth = defaultLineWidth, path = "source.durable" } = options;
  const source = { path, text: text.replace(/^\uFEFF/, "") };
  const parsed = parseFile(source.text);
  const bag = new DiagnosticBag();
  buildParsed(source, parsed, bag);
  const errors = bag.sorted().filter(({ severity }) => severity === "error");
  return errors.length > 0
    ? { ok: false, diagnostics: errors }
    : { ok: true, text: formatted(source.text, parsed, lineWidth) };
}

function formatted(text: string, { cst, comments }: ParsedFile, lineWidth: number): string {
  const writer = { comments: commentsOf(text, comments), nesting: 2, keepsLines: true };
  const items = cst ? nodes(cst, "moduleItem") : [];
  const doc = sectionDoc(writer, itemsBody(text, items, 0, Number.MAX_SAFE_INTEGER));
  const lines = linesOf(doc, lineWidth);
  return lines === "" ? "" : `${lines}\n`;
}
