/** Strings, heredocs, quoted atoms and sigils: what stands between their delimiters is kept as it is. */
import type { CstElement, CstNode, IToken } from "@durablec/grammar";
import { isToken, theNode, theToken } from "../../ast/from-cst/cst.ts";
import type { Body, Text } from "../forms.ts";
import { bodyOf } from "./bodies.ts";
import { around, lineOf, placeOf } from "./lines.ts";

export function textOf(source: string, node: CstNode): Text {
  const opening = theToken(node, "TextStart");
  const closing = theToken(node, "TextEnd");
  const heredoc = opening.image.endsWith('"""');
  const indent = Math.max(1, closing.startColumn ?? 1) - 1;
  const interpolations: Body[] = [];
  const parts = pieces(node).map((piece, index) => {
    if (isToken(piece)) return heredoc ? withoutIndent(piece.image, indent, index === 0) : piece.image;
    const [from, to] = [theToken(piece, "InterpolationStart"), theToken(piece, "BraceEnd")].map(lineOf);
    const body = bodyOf(source, theNode(piece, "block"), from!, to!);
    interpolations.push(body);
    return body;
  });
  const inner = interpolations.flatMap((body) => [
    { first: body.from, last: body.from },
    ...body.statements.map(({ form }) => form),
  ]);
  return {
    kind: "text",
    opening: opening.image,
    closing: closing.image,
    parts,
    heredoc,
    ...around(lineOf(opening), ...inner),
  };
}

/** Texts and interpolations, between the delimiters. */
function pieces({ parts }: CstNode): readonly CstElement[] {
  return parts.slice(1, -1);
}

/** Each line without the indentation of the closing delimiter; what follows the opening one is its line's end. */
function withoutIndent(raw: string, indent: number, first: boolean): string {
  const lines = raw.replaceAll("\r\n", "\n").replace(new RegExp(`\\n[ \\t]{0,${indent}}`, "g"), "\n");
  return first ? lines.replace(/^[ \t]*\n/, "") : lines;
}

/** An upper-case sigil that is a heredoc: one token, the lines of which move with the code. */
export function rawHeredoc(token: IToken): Text | null {
  const [, opening, raw = "", indent = "", closing = ""] =
    /^(~[A-Z]""")([\s\S]*?)(?<=\n)([ \t]*)("""[a-zA-Z]*)$/.exec(token.image) ?? [];
  if (opening === undefined) return null;
  return {
    kind: "text",
    opening,
    closing,
    parts: [withoutIndent(raw, indent.length, true)],
    heredoc: true,
    ...placeOf(token),
  };
}
