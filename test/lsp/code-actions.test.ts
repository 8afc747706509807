import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CodeAction } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

let editor: Editor;

beforeEach(async () => {
  editor = await startEditor();
});

afterEach(() => editor.end());

async function actions(source: string, only?: string[]) {
  const { text, cursor } = marked(source);
  editor.open("tea.durable", text);
  const textDocument = { uri: editor.uri("tea.durable") };
  const range = { start: cursor, end: cursor };
  const context = { diagnostics: [], ...(only && { only }) };
  const found = await editor.request<CodeAction[]>("textDocument/codeAction", { textDocument, range, context });
  const apply = ({ edit }: CodeAction) =>
    TextDocument.applyEdits(TextDocument.create("", "", 0, text), edit?.changes?.[textDocument.uri] ?? []);
  return { found, apply, text };
}

describe("code actions", () => {
  it("add the `use` that is missing", async () => {
    const { found, apply, text } = await actions(`defmodule Tea do
  use Durable

  workflow "a" do
    step :a, fn data -> {:ok, ass<|>ign(data, :x, 1)} end
  end
end
`);
    const fix = found.find(({ title }) => title.includes("use Durable.Helpers"));
    expect(fix?.kind).toBe("quickfix");
    expect(fix?.diagnostics).toMatchObject([{ code: "name/missing-use" }]);
    expect(apply(fix!)).toBe(text.replace("use Durable\n", "use Durable\n  use Durable.Helpers\n"));
  });

  it("take the name that was meant", async () => {
    const { found, apply, text } = await actions("defmodule Tea do\n  def a(cups), do: cu<|>bs\nend\n");
    expect(apply(found[0]!)).toBe(text.replace("cubs", "cups"));
  });

  it("mend all that is safe to mend at once", async () => {
    const { found, apply, text } = await actions(
      "defmodule Tea do\n  def a(cups, pots), do: 1\n  def b(lid), do: 2<|>\nend\n",
      ["source.fixAll"],
    );
    expect(found.map(({ title }) => title)).toEqual(["Mend all 3 problems that can be mended safely"]);
    expect(apply(found[0]!)).toBe(text.replace("cups", "_cups").replace("pots", "_pots").replace("lid", "_lid"));
  });

  it("excuse a line from a warning", async () => {
    const { found, apply, text } = await actions(`defmodule Tea do
  use Durable
  use Durable.Wait

  workflow "a" do
    step :a, fn _data ->
      wait_for_<|>event("paid")
      :ok
    end
  end
end
`);
    const excuse = found.find(({ title }) => title === "Excuse this line from timeout/missing");
    expect(apply(excuse!)).toBe(
      text.replace("      wait", "      # durable-ignore timeout/missing: say why\n      wait"),
    );
  });
});
