/** Strings, heredocs and sigils. Only the indentation of heredocs and the code in interpolations is formatted. */
import type { Body, Text } from "../forms.ts";
import { broken, type Doc, line, nest, sequence, surrounded, text, unlimited } from "../layout/doc.ts";
import { bodyDoc } from "./bodies.ts";
import type { Writer } from "./writer.ts";

export function textDoc(writer: Writer, { opening, closing, parts, heredoc }: Text): Doc {
  const write = heredoc ? heredocLines : stringLines;
  const inner = withFirstLine(parts, heredoc).map((part) =>
    typeof part === "string" ? write(part) : interpolationDoc(writer, part),
  );
  const doc = sequence(opening, ...inner, closing);
  return heredoc ? broken(doc) : doc;
}

/** What is in a heredoc begins on the line after its opening delimiter. */
function withFirstLine(parts: Text["parts"], heredoc: boolean): Text["parts"] {
  if (!heredoc) return parts;
  const [first, ...others] = parts;
  return typeof first === "string" ? [`\n${first}`, ...others] : ["\n", ...parts];
}

/** Stays on its line; comments in it find a place beside the text. */
function interpolationDoc(writer: Writer, body: Body): Doc {
  const inner: Writer = { ...writer, keepsLines: false };
  const doc = writer.comments.after(Number.POSITIVE_INFINITY, () => bodyDoc(inner, body));
  return unlimited(surrounded("#{", doc, "}"));
}

/** Ends of lines in a string are part of it: what follows stands at the margin. */
function stringLines(raw: string): Doc {
  return sequence(...raw.split("\n").flatMap((each, index) => (index === 0 ? [text(each)] : [atMargin, text(each)])));
}

const atMargin = nest(line, "margin");

function heredocLines(raw: string): Doc {
  const lines = raw.split("\n");
  return sequence(
    ...lines.flatMap((each, index) => {
      if (index === 0) return [text(each)];
      const isEmpty = each === "" && index < lines.length - 1;
      return [isEmpty ? atMargin : line, text(each)];
    }),
  );
}
