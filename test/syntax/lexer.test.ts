import { describe, expect, it } from "vitest";
import { lex } from "../../grammar/lexer.ts";

function kinds(text: string): string {
  return lex(text)
    .tokens.map(({ image, tokenType }) => `${tokenType.name}:${image}`)
    .join(" ");
}

describe("tokens", () => {
  it.each([
    [
      "the longest operator wins",
      "a |> b || c | d",
      "Identifier:a |>:|> Identifier:b ||:|| Identifier:c Bar:| Identifier:d",
    ],
    ["a key ends with its colon", "a: :b", "KeyColon:a: Atom::b"],
    ["a key without a space is still one", "a:b", "KeyColon:a: Identifier:b"],
    ["words can be keys", "do: end:\n", "KeyColon:do: KeyColon:end: Newline:\n"],
    [
      "a longer name is no word",
      "doing ended in_ not_in",
      "Identifier:doing Identifier:ended Identifier:in_ Identifier:not_in",
    ],
    ["a word after a dot is a name", "a.end", "Identifier:a Dot:. Identifier:end"],
    ["`not in` is one operator", "a not  in b", "Identifier:a NotIn:not  in Identifier:b"],
    ["ranges are not floats", "1..2", "Integer:1 ..:.. Integer:2"],
    ["types are not atoms", "a::b", "Identifier:a TypeOperator::: Identifier:b"],
    ["dotted modules are one token", "A.B.c", "ModuleName:A.B Dot:. Identifier:c"],
  ])("%s", (_, text, expected) => {
    expect(kinds(text)).toBe(expected);
  });
});

describe("texts", () => {
  it("interpolate code, which may hold texts and braces", () => {
    expect(kinds('"a#{"b#{%{}}"}c"')).toBe(
      'TextStart_quoted:" Text_quoted:a InterpolationStart:#{ TextStart_quoted:" Text_quoted:b InterpolationStart:#{ MapStart:%{ BraceEnd:} BraceEnd:} TextEnd_quoted:" BraceEnd:} Text_quoted:c TextEnd_quoted:"',
    );
  });

  it("are quoted keys when a colon and a space follow", () => {
    expect(kinds('"a b": 1')).toBe('QuotedKey:"a b": Integer:1');
  });

  it("end with their line when they are never closed, and the next lines are code", () => {
    const { tokens, problems } = lex('a = "open\nb = 1');
    expect(tokens.map(({ image }) => image)).toEqual(["a", "=", '"', "open", "", "\n", "b", "=", "1"]);
    expect(problems).toEqual([{ kind: "unclosedText", place: { start: 4, end: 5 }, closing: '"' }]);
  });
});

describe("comments", () => {
  it("are set aside with their places", () => {
    const { tokens, comments } = lex("a # one\n# two");
    expect(tokens.map(({ image }) => image)).toEqual(["a", "\n"]);
    expect(comments.map(({ image, startOffset }) => [image, startOffset])).toEqual([
      ["# one", 2],
      ["# two", 8],
    ]);
  });

  it("do not begin inside texts", () => {
    expect(lex('"a # b"').comments).toEqual([]);
  });
});
