/** Which ends of lines separate expressions. Separators are shown as `;`. */
import { describe, expect, it } from "vitest";
import { lex } from "../../grammar/lexer.ts";
import { foldNewlines } from "../../grammar/newlines.ts";

function folded(text: string): string {
  return foldNewlines(lex(text).tokens)
    .map(({ image, tokenType }) => (tokenType.name === "Separator" ? ";" : image))
    .join(" ");
}

describe("an end of line separates", () => {
  it.each([
    ["two expressions", "a\nb", "a ; b"],
    ["once, however many there are", "a\n\n\nb", "a ; b"],
    ["like a semicolon", "a; b\nc", "a ; b ; c"],
    ["across comments", "a # one\n# two\nb", "a ; b"],
    ["before a sign", "a\n- b", "a ; - b"],
    ["before `not`", "a\nnot b", "a ; not b"],
    ["before an opening bracket", "a\n(b)", "a ; ( b )"],
    ["after `end`", "fn -> 1 end\nb", "fn -> 1 end ; b"],
  ])("%s", (_, text, expected) => {
    expect(folded(text)).toBe(expected);
  });
});

describe("an end of line means nothing", () => {
  it.each([
    ["first and last in a file", "\n\na\n", "a"],
    ["after an operator", "a +\nb", "a + b"],
    ["after a comma", "f a,\nb", "f a , b"],
    ["after a key", "[a:\n1]", "[ a: 1 ]"],
    ["after an opening bracket", "[\n1]", "[ 1 ]"],
    ["before a closing bracket", "[1\n]", "[ 1 ]"],
    ["after `do`, `->` and `fn`", "f do\nfn\nx ->\n1\nend\nend", "f do fn x -> 1 end end"],
    ["around `else`", "if a do\n1\nelse\n2\nend", "if a do 1 else 2 end"],
    ["before `do`", "if a\ndo 1 end", "if a do 1 end"],
    ["before `|>`", "a\n|> f()", "a |> f ( )"],
    ["before `|>` after a blank line and a comment", "a\n\n# why\n|> f()", "a |> f ( )"],
    ["before `and`, `or`, `when`, `in`", "a\nand b\nor c\nwhen d\nin e", "a and b or c when d in e"],
    ["before `not in`", "a\nnot in b", "a not in b"],
    ["before `++` and `<>`", "a\n++ b\n<> c", "a ++ b <> c"],
    ["around a dot", "a\n.b\n.c.\nd", "a . b . c . d"],
    ["after a backslash", "a \\\n+ b", "a + b"],
    ["with a carriage return like without", "a +\r\nb\r\nc", "a + b ; c"],
  ])("%s", (_, text, expected) => {
    expect(folded(text)).toBe(expected);
  });
});

describe("a semicolon", () => {
  it.each([
    ["may begin and end a block", "f do; a; b; end", "f do a ; b end"],
    ["may begin and end a group", "(;a;)", "( a )"],
    ["stays where it separates nothing", "[a;]", "[ a ; ]"],
    ["stays in the arguments of a call", "f(;a)", "f ( ; a )"],
    ["stays beside an operator", "a;\n|> b", "a ; |> b"],
    ["stays before `do`", "if a;do b end", "if a ; do b end"],
    ["stays when there are two", "a;;b", "a ; ; b"],
  ])("%s", (_, text, expected) => {
    expect(folded(text)).toBe(expected);
  });
});
