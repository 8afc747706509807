import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TextEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { format } from "../../compiler/format/format.ts";
import { type Editor, startEditor } from "./editor.ts";

let editor: Editor;

beforeEach(async () => {
  editor = await startEditor({ files: { ".prettierrc": '{ "printWidth": 40 }' } });
});

afterEach(() => editor.end());

async function edits(text: string): Promise<TextEdit[]> {
  editor.open("tea.durable", text);
  const textDocument = { uri: editor.uri("tea.durable") };
  return editor.request("textDocument/formatting", { textDocument, options: { tabSize: 2, insertSpaces: true } });
}

const loose = `defmodule Tea do
  # 🍵
  def total(cups),   do: cups*3
  def long(cups, pots, lids), do: {:ok, cups, pots, lids}
end
`;

describe("formatting", () => {
  it("writes the document as `durablec fmt` does, with the project's line width", async () => {
    const found = await edits(loose);
    const formatted = format(loose, { lineWidth: 40 });
    const document = TextDocument.create("", "", 0, loose);
    expect(formatted.ok && formatted.text).toBe(TextDocument.applyEdits(document, found));
  });

  it("leaves the lines alone that stay as they are", async () => {
    const [edit] = await edits(loose);
    expect(edit?.range).toMatchObject({ start: { line: 2, character: 0 } });
  });

  it("changes nothing of what is formatted, or cannot be read", async () => {
    expect(await edits("defmodule Tea do\nend\n")).toEqual([]);
    editor.close("tea.durable");
    expect(await edits("defmodule Tea do\n  def a(, do: 1\nend\n")).toEqual([]);
  });
});
