import { afterEach, describe, expect, it, vi } from "vitest";
import { DiagnosticSeverity, DiagnosticTag, type DocumentDiagnosticReport } from "vscode-languageserver/node";
import { type Editor, type EditorOptions, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

let editor: Editor;

afterEach(() => editor.end());

async function start(options?: EditorOptions) {
  editor = await startEditor(options);
}

const workflow = (body: string) => `defmodule Tea.Order do
  use Durable
  use Durable.Helpers

  workflow "order", input: %{cups: integer()} do
    step :price, fn data ->
      ${body}
    end
  end
end
`;

describe("diagnostics", () => {
  it("are about the text that is open, not the one on disk", async () => {
    await start({ files: { "order.durable": workflow("{:ok, data}") } });
    const { text, ranges } = marked(workflow("{:ok, assign(data, :total, data.<|cusp|> * 3)}"));
    editor.open("order.durable", text);
    const [found, more] = await editor.diagnostics("order.durable");
    expect(found).toMatchObject({
      range: ranges[0],
      code: "type/unknown-key",
      source: "durablec",
      severity: DiagnosticSeverity.Error,
    });
    expect(found?.codeDescription?.href).toMatch(/diagnostics\.md#typeunknown-key$/);
    expect(more).toBeUndefined();
  });

  it("go when the text is mended, and come back with the text on disk when it is closed", async () => {
    await start({ files: { "order.durable": workflow("{:ok, oops(data)}") } });
    editor.open("order.durable", workflow("{:ok, data}"));
    expect(await editor.diagnostics("order.durable")).toEqual([]);
    editor.close("order.durable");
    expect((await editor.diagnostics("order.durable")).map(({ code }) => code)).toEqual(["name/unknown-function"]);
  });

  it("are given when asked for to an editor that asks, and only when they have changed", async () => {
    await start({ capabilities: { textDocument: { diagnostic: {} } } });
    editor.open("order.durable", workflow("{:ok, oops(data)}"));
    const textDocument = { uri: editor.uri("order.durable") };
    const ask = (previousResultId?: string) =>
      editor.request<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument, previousResultId });
    const report = await ask();
    expect(report).toMatchObject({ kind: "full", items: [{ code: "name/unknown-function" }] });
    expect(await ask(report.resultId)).toEqual({ kind: "unchanged", resultId: report.resultId });

    editor.change("order.durable", workflow("{:ok, data}"));
    expect(await ask(report.resultId)).toMatchObject({ kind: "full", items: [] });
    expect(editor.shown("order.durable"), "nothing is published beside the answers").toEqual([]);
  });

  it("of a file that an asking editor has not opened are published as ever", async () => {
    const files = { "order.durable": workflow("{:ok, oops(data)}") };
    await start({ files, capabilities: { textDocument: { diagnostic: {} } } });
    editor.open("other.durable", "defmodule Other do\nend\n");
    await vi.waitFor(() => expect(editor.shown("order.durable")).toMatchObject([{ code: "name/unknown-function" }]));
  });

  it("count columns in UTF-16 units", async () => {
    await start();
    const { text, ranges } = marked(workflow('{:ok, assign(data, :note, "🍵🍵" <> <|oops|>())}'));
    editor.open("order.durable", text);
    expect((await editor.diagnostics("order.durable"))[0]?.range).toEqual(ranges[0]);
  });

  it("fade what nobody needs and link the second place", async () => {
    await start();
    const { text, ranges } = marked(`defmodule Tea do
  use Durable

  workflow "a" do
    step <|:one|>, fn data ->
      <|unused|> = 1
      {:ok, data}
    end

    step <|:one|>, fn data -> {:ok, data} end
  end
end
`);
    editor.open("tea.durable", text);
    const found = await editor.diagnostics("tea.durable");
    expect(found.find(({ code }) => code === "name/unused-variable")).toMatchObject({
      range: ranges[1],
      tags: [DiagnosticTag.Unnecessary],
    });
    expect(found.find(({ code }) => code === "flow/duplicate-step")).toMatchObject({
      range: ranges[2],
      relatedInformation: [
        { message: "first used here", location: { uri: editor.uri("tea.durable"), range: ranges[0] } },
      ],
    });
  });

  it("reach files that an edit elsewhere breaks", async () => {
    const shop = `defmodule Shop do
  def total(cups), do: Prices.of(cups)
end
`;
    const prices = "defmodule Prices do\n  def of(cups), do: cups * 3\nend\n";
    await start({ files: { "shop.durable": shop, "prices.durable": prices } });
    editor.open("shop.durable", shop);
    expect(await editor.diagnostics("shop.durable")).toEqual([]);
    editor.open("prices.durable", prices.replace("of", "for_cups"));
    const codes = () => editor.shown("shop.durable").map(({ code }) => code);
    await vi.waitFor(() => expect(codes()).toEqual(["name/unknown-function"]));
  });
});
