/** How texts are coloured: what opens and closes each, and whether code can stand in it. */
import { escaped, sigilDelimiters, type TextRow, textDelimiters } from "../texts.ts";

export interface TextHighlight {
  /** A name for grammars that name their rules. */
  readonly name: string;
  readonly scope: string;
  readonly opening: string;
  /** A pattern of its own for each way in which the text may end. */
  readonly closing: string;
  /** `\n` and `#{code}` mean something in it. */
  readonly interpolates: boolean;
}

const regexp = { letters: "r", name: "regexp", scope: "string.regexp" };
const plain = { letters: "a-qs-z", name: "sigil", scope: "string.other.sigil" };

function quoted({ mode, opening, closing }: TextRow): TextHighlight {
  return {
    name: mode,
    scope: "string.quoted.double",
    opening: escaped(opening),
    closing: mode === "quoted" ? `${escaped(closing)}(?::(?=\\s|$))?` : escaped(closing),
    interpolates: true,
  };
}

function sigils({ mode, opening, closing }: TextRow): TextHighlight[] {
  return [regexp, plain].flatMap(({ letters, name, scope }) => {
    const ends = { scope, closing: `${escaped(closing)}[a-zA-Z]*` };
    const raw = letters.toUpperCase();
    return [
      { ...ends, name: `${name}_${mode}`, opening: `~[${letters}]${escaped(opening)}`, interpolates: true },
      { ...ends, name: `raw_${name}_${mode}`, opening: `~[${raw}]${escaped(opening)}`, interpolates: false },
    ];
  });
}

/** In the order they are tried. */
export const textHighlights: readonly TextHighlight[] = [
  { name: "charlist_heredoc", scope: "string.quoted.single", opening: "'''", closing: "'''", interpolates: false },
  { name: "charlist", scope: "string.quoted.single", opening: "'", closing: "'", interpolates: false },
  { name: "atom", scope: "constant.other.symbol", opening: ':"', closing: '"', interpolates: true },
  ...sigilDelimiters.flatMap(sigils),
  ...textDelimiters.map(quoted),
];

/** What a backslash does in a text that interpolates; in others it only keeps what follows from closing the text. */
export const escapeSequence = "\\\\(?:u\\{[0-9a-fA-F]+\\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{1,2}|.)";
