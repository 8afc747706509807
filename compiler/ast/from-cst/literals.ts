/** Values that are one token. */
import type { IToken } from "@durablec/grammar";
import * as literalRules from "../../diagnostics/catalog/syntax-literals.ts";
import * as unsupportedRules from "../../diagnostics/catalog/syntax-unsupported.ts";
import type { Expr, Literal } from "../nodes.ts";
import { type Context, report } from "./context.ts";
import { spanOf } from "./cst.ts";
import { unescaped } from "./escapes.ts";
import { rawSigilOf } from "./texts.ts";

type Reader = (context: Context, token: IToken) => Expr;

function plain(type: Literal["type"], value: (token: IToken) => Literal["value"]): Reader {
  return (_context, token) => ({ kind: "literal", span: spanOf(token), type, value: value(token) });
}

const readers: Readonly<Record<string, Reader>> = {
  Nil: plain("nil", () => null),
  True: plain("boolean", () => true),
  False: plain("boolean", () => false),
  Atom: plain("atom", ({ image }) => image.slice(1)),
  Float: plain("float", ({ image }) => Number(image.replaceAll("_", ""))),
  Integer: integerOf,
  Character: (context, token) => {
    const text = unescaped(context, token.image.slice(1), token.startOffset + 1);
    return { kind: "literal", span: spanOf(token), type: "integer", value: text.codePointAt(0) ?? 0 };
  },
  QuotedAtom: (context, token) => {
    const value = unescaped(context, token.image.slice(2, -1), token.startOffset + 2);
    return { kind: "literal", span: spanOf(token), type: "atom", value };
  },
  CaptureArgument: (_context, token) => ({
    kind: "captureArgument",
    span: spanOf(token),
    index: Number(token.image.slice(1)),
  }),
  RawSigil: rawSigilOf,
  Charlist: (context, token) => {
    report(context, unsupportedRules.unsupportedCharlist, spanOf(token), undefined);
    return { kind: "invalid", span: spanOf(token) };
  },
  Broken: (_context, token) => ({ kind: "invalid", span: spanOf(token) }),
};

export function literalOf(context: Context, token: IToken): Expr {
  const read = readers[token.tokenType.name];
  if (!read) throw new Error(`internal error: no value for the token ${token.tokenType.name}`);
  return read(context, token);
}

function integerOf(context: Context, token: IToken): Expr {
  const span = spanOf(token);
  const value = Number(token.image.replaceAll("_", ""));
  if (Number.isSafeInteger(value)) return { kind: "literal", span, type: "integer", value };
  report(context, literalRules.integerRange, span, { text: token.image });
  return { kind: "invalid", span };
}
