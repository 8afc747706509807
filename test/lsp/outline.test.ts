import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type DocumentSymbol,
  type FoldingRange,
  type InlayHint,
  type SelectionRange,
  type SemanticTokens,
  SymbolKind,
  type WorkspaceSymbol,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { legend } from "../../compiler/lsp/features/semantic-tokens.ts";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

const text = `defmodule Tea.Shop do
  use Durable
  use Durable.Helpers

  # One line,
  # and another.
  @limit 3
  @type line :: %{cups: integer()}

  workflow "shop", input: %{cups: integer(), guest: String.t()} do
    step :price, fn data ->
      {:ok, assign(data, :total, data.cups * @limit)}
    end

    branch on: fn data -> data.guest end do
      "ann" ->
        step :gift, fn data -> {:ok, assign(data, :gift, true)} end

      _ ->
        step :greet, fn data -> {:ok, data} end
    end

    parallel do
      step :mail, fn _data -> :ok end
    end

    compensate :undo, fn data -> {:ok, data} end
  end

  def twice(0), do: 0

  def twice(x) do
    x * 2
  end
end
`;

let editor: Editor;
let textDocument: { uri: string };

beforeAll(async () => {
  editor = await startEditor();
  editor.open("shop.durable", text);
  textDocument = { uri: editor.uri("shop.durable") };
});

afterAll(() => editor.end());

function outline(symbols: readonly DocumentSymbol[], depth = 0): string[] {
  return symbols.flatMap(({ name, kind, children = [] }) => [
    `${"  ".repeat(depth)}${name}: ${Object.entries(SymbolKind).find(([, value]) => value === kind)?.[0]}`,
    ...outline(children, depth + 1),
  ]);
}

describe("document symbols", () => {
  it("show modules, workflows, their blocks and functions", async () => {
    const symbols = await editor.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
    expect(outline(symbols)).toEqual([
      "Tea.Shop: Module",
      "  @limit: Constant",
      "  line: Interface",
      "  shop: Class",
      "    price: Method",
      "    branch: Operator",
      "      gift: Method",
      "      greet: Method",
      "    parallel: Operator",
      "      mail: Method",
      "    undo: Event",
      "  twice/1: Function",
    ]);
  });
});

describe("workspace symbols", () => {
  it("are found by some of their letters, in all files", async () => {
    const find = async (query: string) =>
      (await editor.request<WorkspaceSymbol[]>("workspace/symbol", { query })).map(
        ({ name, containerName }) => `${containerName}.${name}`,
      );
    expect(await find("gre")).toEqual(["shop.greet"]);
    expect(await find("TW")).toEqual(["Tea.Shop.twice/1"]);
    expect(await find("zzz")).toEqual([]);
  });
});

describe("folding", () => {
  it("folds blocks up to their end, comments and uses", async () => {
    const ranges = await editor.request<FoldingRange[]>("textDocument/foldingRange", { textDocument });
    const lines = text.split("\n");
    const shown = ranges.map(
      ({ startLine, endLine, kind = "block" }) =>
        `${kind} ${lines[startLine]!.trim().slice(0, 12)} … ${endLine - startLine}`,
    );
    expect(shown).toEqual([
      "block defmodule Te … 33",
      "imports use Durable … 1",
      "comment # One line, … 1",
      'block workflow "sh … 17',
      "block step :price, … 1",
      "block branch on: f … 5",
      'block "ann" -> … 1',
      "block _ -> … 1",
      "block parallel do … 1",
      "block def twice(x) … 1",
    ]);
  });
});

describe("selection", () => {
  it("grows from the word to the file", async () => {
    const { text: source, cursor } = marked(text.replace("data.cups", "data.cu<|>ps"));
    const document = TextDocument.create("", "", 0, source);
    const [found] = await editor.request<SelectionRange[]>("textDocument/selectionRange", {
      textDocument,
      positions: [cursor],
    });
    const texts: string[] = [];
    for (let at: SelectionRange | undefined = found; at; at = at.parent) texts.push(document.getText(at.range));
    expect(texts.slice(0, 4)).toEqual([
      "cups",
      "data.cups",
      "data.cups * @limit",
      "assign(data, :total, data.cups * @limit)",
    ]);
    expect(texts.at(-1)).toBe(text);
    expect(texts.map(({ length }) => length)).toEqual(texts.map(({ length }) => length).toSorted((a, b) => a - b));
  });
});

describe("semantic tokens", () => {
  it("tell what names mean", async () => {
    const { data } = await editor.request<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
    const lines = text.split("\n");
    const shown: string[] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [deltaLine, deltaCharacter, length, type, bits] = data.slice(at, at + 5) as [
        number,
        number,
        number,
        number,
        number,
      ];
      line += deltaLine;
      character = deltaLine === 0 ? character + deltaCharacter : deltaCharacter;
      const modifiers = legend.tokenModifiers.filter((_, index) => bits & (1 << index));
      shown.push([lines[line]!.slice(character, character + length), legend.tokenTypes[type], ...modifiers].join(" "));
    }
    expect(shown).toEqual(
      expect.arrayContaining([
        "Tea.Shop namespace declaration",
        "Durable.Helpers namespace defaultLibrary",
        "limit variable declaration readonly",
        "line type declaration",
        "shop class declaration",
        "price method declaration",
        "data parameter declaration",
        "assign function defaultLibrary",
        "cups property",
        "limit variable readonly",
        "undo event declaration",
        "twice function declaration",
      ]),
    );
  });
});

describe("inlay hints", () => {
  it("show what each step leaves", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
    const hints = await editor.request<InlayHint[]>("textDocument/inlayHint", { textDocument, range });
    expect(hints.map(({ label, position }) => `${position.line}: ${label}`).slice(0, 3)).toEqual([
      "12: → total: integer(), cups, guest",
      "16: → gift: true, cups, guest, total",
      "19: → cups, guest, total",
    ]);
  });
});
