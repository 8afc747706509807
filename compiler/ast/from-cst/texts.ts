/** Strings, heredocs, quoted atoms and sigils: their parts, with indentation and escapes taken out. */
import type { CstElement, CstNode, IToken } from "@durablec/grammar";
import * as literalRules from "../../diagnostics/catalog/syntax-literals.ts";
import * as unsupportedRules from "../../diagnostics/catalog/syntax-unsupported.ts";
import type { Span } from "../../source/source.ts";
import type { Expr } from "../nodes.ts";
import { type Context, report } from "./context.ts";
import { isToken, spanOf, theNode, theToken } from "./cst.ts";
import { isoText } from "./dates.ts";
import { unescaped } from "./escapes.ts";
import { buildBlock } from "./expressions.ts";

type Part = string | Expr;

export function textOf(context: Context, text: CstNode): Expr {
  const opening = theToken(text, "TextStart");
  const span = spanOf(text);
  if (opening.image.startsWith("~")) return sigilOf(context, text, opening, span);
  const type = opening.image.startsWith(":") || isKey(opening) ? "atom" : "string";
  const parts = partsOf(context, text, (raw, offset) => unescaped(context, raw, offset));
  const [first = "", second] = parts;
  if (second === undefined && typeof first === "string") return { kind: "literal", span, type, value: first };
  return { kind: "interpolation", span, type, parts };
}

function isKey({ tokenType }: IToken): boolean {
  return tokenType.name === "KeyTextStart";
}

function sigilOf(context: Context, text: CstNode, opening: IToken, span: Span): Expr {
  const letter = opening.image.charAt(1);
  if (!lowerSigils.has(letter)) return unknownSigil(context, letter, span);
  const closing = theToken(text, "TextEnd").image;
  const delimiter = closing.replace(/[a-zA-Z]+$/, "");
  const read =
    letter === "r"
      ? (raw: string) => raw.replaceAll(`\\${delimiter}`, delimiter)
      : (raw: string, offset: number) => unescaped(context, raw, offset);
  const parts = partsOf(context, text, read);
  return { kind: "sigil", span, letter, parts, modifiers: closing.slice(delimiter.length) };
}

const lowerSigils = new Set(["s", "w", "r"]);
const upperSigils = new Set(["S", "W", "R", "U", "D"]);

const rawSigil = /^~([A-Z])("""|["([{<|/'])([\s\S]*?)("""|[")\]}>|/'])([a-zA-Z]*)$/;

/** An upper-case sigil, which is one token: nothing in it is escaped or interpolated. */
export function rawSigilOf(context: Context, sigil: IToken): Expr {
  const [, letter = "", opening, body = "", , modifiers = ""] = rawSigil.exec(sigil.image) ?? [];
  const span = spanOf(sigil);
  if (!upperSigils.has(letter)) return unknownSigil(context, letter, span);
  const closingColumn = /\n([ \t]*)"""[a-zA-Z]*$/.exec(sigil.image)?.[1]?.length ?? 0;
  const content = opening === '"""' ? stripped(body, closingColumn, true) : body;
  const value = isoText(letter, content);
  if (value === null) {
    report(context, literalRules.badDate, span, { text: content, instant: letter === "U" });
    return { kind: "invalid", span };
  }
  return { kind: "sigil", span, letter, parts: value === "" ? [] : [value], modifiers };
}

function unknownSigil(context: Context, letter: string, span: Span): Expr {
  report(context, unsupportedRules.unsupportedSigil, span, { letter });
  return { kind: "invalid", span };
}

function partsOf(context: Context, text: CstNode, read: (raw: string, offset: number) => string): Part[] {
  const heredoc = theToken(text, "TextStart").image.endsWith('"""');
  const indent = Math.max(1, theToken(text, "TextEnd").startColumn ?? 1) - 1;
  const parts: Part[] = [];
  pieces(text).forEach((piece, index) => {
    if (!isToken(piece)) parts.push(interpolated(context, piece));
    else append(parts, read(heredoc ? stripped(piece.image, indent, index === 0) : piece.image, piece.startOffset));
  });
  if (heredoc) checkHeredocStart(context, text);
  return parts;
}

/** Texts and interpolations, between the delimiters. */
function pieces({ parts }: CstNode): readonly CstElement[] {
  return parts.slice(1, -1);
}

function append(parts: Part[], text: string): void {
  const last = parts.at(-1);
  if (text === "") return;
  if (typeof last === "string") parts[parts.length - 1] = last + text;
  else parts.push(text);
}

function interpolated(context: Context, interpolation: CstNode): Expr {
  const start = spanOf(interpolation).start + 2;
  const block = buildBlock(context, theNode(interpolation, "block"), { start, end: start });
  const [only, more] = block.expressions;
  return only && !more ? only : block;
}

/** Takes the closing delimiter's indentation off each line, and what follows the opening delimiter on its own line. */
function stripped(raw: string, indent: number, first: boolean): string {
  const body = first ? raw.replace(/^[ \t]*\r?\n/, "\n") : raw;
  const lines = body.replace(new RegExp(`\\n[ \\t]{0,${indent}}`, "g"), "\n");
  return first ? lines.replace(/^\n/, "") : lines;
}

function checkHeredocStart(context: Context, text: CstNode): void {
  const opening = theToken(text, "TextStart");
  const start = opening.startOffset + opening.image.length;
  const unclosed = theToken(text, "TextEnd").image === "";
  if (unclosed || /^[ \t]*\r?\n/.test(context.source.text.slice(start, start + 200))) return;
  report(context, literalRules.heredocStart, { start, end: start + 1 }, undefined);
}
