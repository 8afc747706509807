/** Every node covers exactly its own text: what messages underline. */
import { describe, expect, it } from "vitest";
import type { Node } from "../../compiler/ast/nodes.ts";
import { children, descendants, visit } from "../../compiler/ast/walk.ts";
import { build } from "./build.ts";
import { corpusSources } from "./corpus.ts";

function textsOf(text: string, kind: Node["kind"]): readonly string[] {
  const found: string[] = [];
  for (const module of build(text).file.modules) {
    visit(module, (node) => {
      if (node.kind === kind) found.push(text.slice(node.span.start, node.span.end));
      return true;
    });
  }
  return found;
}

describe("the text of a node", () => {
  it.each<[string, Node["kind"], string, readonly string[]]>([
    ["an operation takes in its parentheses' insides", "binary", "x = (a + b) * c", ["(a + b) * c", "a + b"]],
    ["a call ends with its parenthesis", "call", "x = f(1, g(2)) + 1", ["f(1, g(2))", "g(2)"]],
    ["a piped call begins with what is piped", "call", "a |> f(1) |> M.g()", ["a |> f(1) |> M.g()", "a |> f(1)"]],
    ["a field ends with its name", "field", "x = (a).b.c + 1", ["(a).b.c", "(a).b"]],
    ["an access ends with its bracket", "access", 'a["k"][1]', ['a["k"][1]', 'a["k"]']],
    ["a case ends with `end`", "case", "x = case a do\n  _ -> 1\nend", ["case a do\n  _ -> 1\nend"]],
    ["a piped case begins with what is piped", "case", "a |> case do\n  _ -> 1\nend", ["a |> case do\n  _ -> 1\nend"]],
    ["an if with keywords ends with its last value", "if", "if a, do: 1, else: f(2)", ["if a, do: 1, else: f(2)"]],
    ["a text takes in its quotes", "interpolation", 'x = "a #{b} c"', ['"a #{b} c"']],
    ["a block is its expressions", "block", "fn -> a\n b end", ["fn -> a\n b end", "a\n b"]],
    ["a match", "match", "{a, b} = f(1)", ["{a, b} = f(1)"]],
    ["a capture", "capture", "Enum.map(l, &(&1 + 1))", ["&(&1 + 1)"]],
    ["a negative number in a pattern", "literalPattern", "-1 = x", ["-1"]],
    ["a sign and its operand", "unary", "x = -a.b", ["-a.b"]],
  ])("%s", (_, kind, expression, expected) => {
    expect(textsOf(`def f(x) do\n${expression}\nend\n`, kind)).toEqual(
      kind === "block" ? [expression, ...expected.slice(1)] : expected,
    );
  });
});

describe("every node of the corpus", () => {
  const files = corpusSources().map((source) => build(source).file);

  it("holds what is below it", () => {
    for (const { modules } of files) {
      for (const node of modules.flatMap(descendants)) {
        const outside = children(node).filter(({ span }) => span.start < node.span.start || span.end > node.span.end);
        const own = outside.filter(({ kind }) => kind !== "alias");
        expect([node.kind, own]).toEqual([node.kind, []]);
      }
    }
  });

  it("begins and ends with text of its own, not with space", () => {
    for (const { modules, source } of files) {
      for (const module of modules) {
        visit(module, (node) => {
          const text = source.text.slice(node.span.start, node.span.end);
          expect(text).toBe(text.trim());
          return true;
        });
      }
    }
  });
});
