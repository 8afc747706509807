/** The TextMate grammar: what VS Code, Shiki, Sublime Text, JetBrains and GitHub colour `.durable` files with. */
import { codeHighlights, type Highlight, keyHighlights, scopeOf } from "./highlights.ts";
import { escapeSequence, type TextHighlight, textHighlights } from "./text-highlights.ts";

type Captures = Readonly<Record<string, { readonly name: string }>>;

interface TextMateRule {
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly TextMateRule[];
  readonly include?: string;
}

/** A TextMate grammar as JSON, with what Shiki asks for besides: a `name` that is an identifier. */
export interface TextMateGrammar {
  readonly name: string;
  readonly displayName: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly TextMateRule[];
  readonly repository: Readonly<Record<string, TextMateRule>>;
}

const language = "durable";

/** `"a b"` to `"a.durable b.durable"`. */
function scoped(scopes: string): string {
  return scopes
    .split(" ")
    .map((scope) => `${scope}.${language}`)
    .join(" ");
}

function rule({ match, scopes }: Highlight): TextMateRule {
  const [first = ""] = scopes;
  if (scopes.length === 1) return { name: scoped(first), match };
  const named = scopes.map((scope, index) => [String(index + 1), scope] as const).filter(([, scope]) => scope !== "");
  return { match, captures: Object.fromEntries(named.map(([group, scope]) => [group, { name: scoped(scope) }])) };
}

function text({ scope, opening, closing, interpolates }: TextHighlight): TextMateRule {
  return {
    name: scoped(scope),
    begin: opening,
    end: closing,
    beginCaptures: { 0: { name: scoped("punctuation.definition.string.begin") } },
    endCaptures: { 0: { name: scoped("punctuation.definition.string.end") } },
    patterns: interpolates ? [{ include: "#escape" }, { include: "#interpolation" }] : [{ match: "\\\\." }],
  };
}

/** Documentation is read as prose, not as a value. */
const documentation: TextMateRule = {
  begin: '(@)((?:module)?doc)([ \\t]+)((?:~S)?""")',
  end: '"""',
  beginCaptures: {
    1: { name: scoped("punctuation.definition.constant") },
    2: { name: scoped("variable.other.constant") },
    4: { name: scoped("comment.block.documentation") },
  },
  endCaptures: { 0: { name: scoped("comment.block.documentation") } },
  contentName: scoped("comment.block.documentation"),
  patterns: [{ include: "#escape" }, { include: "#interpolation" }],
};

/** Braces nest, so that the `}` of a map does not end the interpolation it stands in. */
function braces(begin: string): TextMateRule {
  const captures: Captures = { 0: { name: scoped(scopeOf("BraceStart")) } };
  return { begin, end: "\\}", beginCaptures: captures, endCaptures: captures, patterns: [{ include: "#code" }] };
}

export function textMateGrammar(): TextMateGrammar {
  const embedded: Captures = { 0: { name: scoped("punctuation.section.embedded") } };
  return {
    name: language,
    displayName: "Durable",
    scopeName: `source.${language}`,
    fileTypes: [language],
    patterns: [{ include: "#code" }],
    repository: {
      code: {
        patterns: [
          { name: scoped(scopeOf("Comment")), match: "#.*" },
          documentation,
          ...keyHighlights.map(rule),
          { include: "#text" },
          braces("%?\\{"),
          ...codeHighlights.map(rule),
        ],
      },
      text: { patterns: textHighlights.map(text) },
      escape: { name: scoped("constant.character.escape"), match: escapeSequence },
      interpolation: {
        name: scoped("meta.embedded.line"),
        begin: "#\\{",
        end: "\\}",
        beginCaptures: embedded,
        endCaptures: embedded,
        patterns: [{ include: "#code" }],
      },
    },
  };
}
