/** `.durable` files for prettier: `"plugins": ["prettier-plugin-durable"]`. The result is that of `durablec fmt`. */
import type { AstPath, Doc, Parser, ParserOptions, Printer, SupportLanguage } from "prettier";
import { builders } from "prettier/doc";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { defaultLineWidth, format } from "../format/format.ts";
import { positionAt } from "../source/position.ts";

/** A source already laid out: where its lines break is not left to prettier (docs/decisions/0016). */
interface Formatted {
  readonly type: "file";
  readonly text: string;
  readonly length: number;
}

export const languages: SupportLanguage[] = [
  { name: "Durable", parsers: ["durable"], extensions: [".durable"], vscodeLanguageIds: ["durable"] },
];

export const parsers: { readonly durable: Parser<Formatted> } = {
  durable: { astFormat: "durable", parse, locStart: () => 0, locEnd: ({ length }) => length },
};

export const printers: { readonly durable: Printer<Formatted> } = { durable: { print } };

export const defaultOptions = { printWidth: defaultLineWidth };

function parse(source: string, { printWidth, filepath }: ParserOptions<Formatted>): Formatted {
  const formatted = format(source, { lineWidth: printWidth, ...(filepath && { path: filepath }) });
  if (!formatted.ok) throw syntaxError(formatted.diagnostics[0]!);
  return { type: "file", text: formatted.text, length: source.length };
}

/** Prettier shows the place that `loc` says. */
function syntaxError({ message, location: { source, span } }: Diagnostic): SyntaxError {
  const loc = { start: positionAt(source, span.start), end: positionAt(source, span.end) };
  return Object.assign(new SyntaxError(message), { loc });
}

function print({ node: { text } }: AstPath<Formatted>): Doc {
  const lines = text.split("\n");
  return lines.map((line, index) => (index < lines.length - 1 ? [line, endOf(line)] : line));
}

/** Prettier takes spaces away before ends of lines, unless those are literal; in a text they are part of it. */
function endOf(line: string): Doc {
  return line.endsWith(" ") || line.endsWith("\t") ? builders.literalline : builders.hardline;
}
