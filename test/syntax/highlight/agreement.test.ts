/** The editor grammars read text as the lexer does: checked for every token of the project's own sources. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { IToken } from "../../../grammar/index.ts";
import { lex } from "../../../grammar/lexer.ts";
import { codeTokens } from "../../../grammar/tokens.ts";
import { contextualWords } from "../../../grammar/words.ts";
import { corpusSources } from "../corpus.ts";
import { monarchStretches } from "./monarch.ts";
import { type Stretch, textMateStretches } from "./textmate.ts";

const root = new URL("../../../", import.meta.url);

const folders = ["examples", "compiler/prelude", "test/check", "test/syntax/fixtures/seed", "test/syntax/highlight"];

const files = folders.flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".durable"))
    .map((path) => ({ name: `${folder}/${path}`, text: readFileSync(new URL(`${folder}/${path}`, root), "utf8") })),
);

const corpus = corpusSources().map((text, index) => ({ name: `source ${index} of the corpus`, text }));

const sources = [...files, ...corpus]
  .map((source) => ({ ...source, lexed: lex(source.text) }))
  .filter(({ lexed }) => lexed.problems.length === 0);

const name = /^(?:keyword\.control|variable|entity\.name\.function|identifier)/;
/** `&+/2` captures an operator by its name. */
const operator = /^keyword\.operator/;
const text = /^(?:string|comment\.block|constant\.other\.symbol|constant\.character|regexp)/;
const scopes = new Map(codeTokens.map((row) => [row.name, row.scope]));

/** What a token may be coloured as by TextMate. */
function textMateScope({ tokenType, image }: IToken): RegExp {
  if (tokenType.name === "Identifier") return /^\w/.test(image) ? name : operator;
  if (tokenType.name in contextualWords) return /^(?:keyword\.declaration|variable|entity\.name\.function)/;
  if (isText(tokenType.name)) return text;
  if (tokenType.name === "At") return /^(?:punctuation\.definition\.constant)/;
  const scope = scopes.get(tokenType.name) ?? "punctuation.section";
  return new RegExp(`^${scope.split(".").slice(0, 2).join("\\.")}`);
}

const monarchNames: readonly (readonly [token: RegExp, coloured: RegExp])[] = [
  [/^Identifier$/, /^(?:identifier|annotation|operator|keyword\.control)/],
  [/^CaptureArgument$/, /^variable/],
  [/^(?:Float|Integer)$/, /^number/],
  [/^(?:True|False|Nil|Do|End|Fn|Else|Rescue|After|Catch)$/, /^keyword/],
  [/^(?:KeyColon|Atom|QuotedKey|QuotedAtom)$/, /^constant/],
  [/^ModuleName$/, /^type/],
];

function monarchName({ tokenType }: IToken): RegExp {
  if (tokenType.name in contextualWords) return /^(?:keyword|identifier|annotation)/;
  if (isText(tokenType.name)) return text;
  return (
    monarchNames.find(([token]) => token.test(tokenType.name))?.[1] ??
    /^(?:operator|delimiter|annotation|keyword|identifier|constant)/
  );
}

function isText(token: string): boolean {
  return /^(?:Text|SigilStart|AtomText|KeyText|QuotedKey|QuotedAtom|RawSigil|Charlist)/.test(token);
}

/** The tokens that are coloured as something else, with where and what. */
function disagreements(
  tokens: readonly IToken[],
  stretches: readonly Stretch[],
  expected: (token: IToken) => RegExp,
): readonly string[] {
  const coloured = stretches.filter(({ start, end }) => end > start);
  const found: string[] = [];
  let at = 0;
  for (const token of tokens.filter(({ image }) => image.trim() !== "")) {
    const first = token.startOffset + token.image.search(/\S/);
    while (at < coloured.length && coloured[at]!.end <= first) at++;
    const scopes = (coloured[at]?.scopes ?? []).flatMap((scope) => scope.split(" "));
    if (!scopes.some((scope) => expected(token).test(scope)))
      found.push(`line ${token.startLine}: ${token.tokenType.name} \`${token.image}\` is ${scopes.join(" ")}`);
  }
  return found;
}

const engines = [
  ["TextMate", textMateStretches, textMateScope],
  ["Monarch", monarchStretches, monarchName],
] as const;

describe.each(engines)("%s", (_, stretchesOf, expected) => {
  it("colours every token as the lexer reads it", () => {
    const found = sources.map(({ name, text, lexed }) => [
      name,
      disagreements(lexed.tokens, stretchesOf(text), expected),
    ]);
    expect(found.filter(([, tokens]) => tokens!.length > 0)).toEqual([]);
    expect(found.length).toBeGreaterThan(100);
  });
});
