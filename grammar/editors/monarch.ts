/** The Monarch grammar, which the Monaco editor reads: one state for code, one for each way to write text. */
import { codeHighlights, type Highlight, keyHighlights, scopeOf } from "./highlights.ts";
import { escapeSequence, type TextHighlight, textHighlights } from "./text-highlights.ts";

type Action = string | { readonly token: string; readonly next?: string };
type MonarchRule = readonly [match: string, action: Action | readonly Action[]] | { readonly include: string };

/** A Monarch language as JSON; `monaco.languages.setMonarchTokensProvider("durable", …)` takes it as it is. */
export interface MonarchGrammar {
  readonly defaultToken: string;
  readonly tokenPostfix: string;
  readonly tokenizer: Readonly<Record<string, readonly MonarchRule[]>>;
}

/** The names that Monaco's own themes colour, for the scopes that are called otherwise. */
const tokenNames: readonly (readonly [scope: string, token: string])[] = [
  ["constant.numeric", "number"],
  ["constant.character.escape", "string.escape"],
  ["constant.language", "keyword"],
  ["entity.name.type", "type.identifier"],
  ["entity.name.function", "identifier.function"],
  ["variable.other.constant", "annotation"],
  ["variable.other", "identifier"],
  ["variable.parameter", "variable"],
  ["string.regexp", "regexp"],
  ["punctuation.definition.constant", "annotation"],
  ["punctuation", "delimiter"],
  ["keyword.operator", "operator"],
];

function tokenName(scopes: string): string {
  const [scope = ""] = scopes.split(" ");
  const renamed = tokenNames.find(([prefix]) => scope.startsWith(prefix));
  return renamed ? renamed[1] : scope;
}

function rule({ match, scopes }: Highlight): MonarchRule {
  const names = scopes.map(tokenName);
  return [match, names.length === 1 ? names[0]! : names];
}

function stateOf({ name }: TextHighlight): string {
  return `text_${name}`;
}

/** Monarch tries its rules at one place after another, so the text between is a rule, too. */
function textState({ scope, closing, interpolates }: TextHighlight): readonly MonarchRule[] {
  const name = tokenName(scope);
  const inside: readonly MonarchRule[] = interpolates
    ? [
        [escapeSequence, "string.escape"],
        ["#\\{", { token: "delimiter.bracket", next: "@braces" }],
      ]
    : [["\\\\.", name]];
  return [...inside, [closing, { token: name, next: "@pop" }], ["[^\\\\#\"')\\]}>/|]+", name], [".", name]];
}

function opening(text: TextHighlight): MonarchRule {
  return [text.opening, { token: tokenName(text.scope), next: `@${stateOf(text)}` }];
}

export function monarchGrammar(): MonarchGrammar {
  const brace = tokenName(scopeOf("BraceStart"));
  return {
    defaultToken: "source",
    tokenPostfix: ".durable",
    tokenizer: {
      root: [{ include: "@code" }],
      code: [
        ["[ \\t\\r]+", ""],
        ["#.*$", "comment"],
        ...keyHighlights.map(rule),
        ...textHighlights.map(opening),
        ["%?\\{", { token: brace, next: "@braces" }],
        ...codeHighlights.map(rule),
      ],
      braces: [["\\}", { token: brace, next: "@pop" }], { include: "@code" }],
      ...Object.fromEntries(textHighlights.map((text) => [stateOf(text), textState(text)])),
    },
  };
}
