import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { CodeLens, ShowDocumentParams } from "vscode-languageserver/node";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

let editor: Editor;

afterEach(() => editor.end());

const { text, ranges } = marked(`defmodule Tea do
  use Durable

  workflow <|"order"|> do
    decision :one, fn data -> {:goto, :three, data} end
    step :two, fn data -> {:ok, data} end
    step :three, fn data -> {:ok, data} end
  end
end
`);

describe("code lens", () => {
  it("opens each workflow as a drawing", async () => {
    editor = await startEditor({ capabilities: { window: { showDocument: { support: true } } } });
    const opened: string[] = [];
    editor.connection.onRequest("window/showDocument", ({ uri }: ShowDocumentParams) => {
      opened.push(uri);
      return { success: true };
    });
    editor.open("tea.durable", text);
    const textDocument = { uri: editor.uri("tea.durable") };
    const [lens] = await editor.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    expect(lens).toMatchObject({ range: ranges[0], command: { title: "Show the graph" } });
    const page = await editor.request<string>("workspace/executeCommand", lens!.command!);
    expect(page).toContain("```mermaid\nflowchart TD\n");
    expect(page).toContain("three");
    expect(opened.map((uri) => readFileSync(fileURLToPath(uri), "utf8"))).toEqual([page]);
  });

  it("gives the drawing as the answer where the editor cannot open it", async () => {
    editor = await startEditor();
    editor.open("tea.durable", text);
    const args = { command: "durablec.showGraph", arguments: [editor.uri("tea.durable"), "Tea/order"] };
    expect(await editor.request("workspace/executeCommand", args)).toContain("flowchart TD");
    const gone = { ...args, arguments: [editor.uri("tea.durable"), "Tea/gone"] };
    expect(await editor.request("workspace/executeCommand", gone)).toBeNull();
    await expect(editor.request("workspace/executeCommand", { command: "oops" })).rejects.toThrow("is no command");
  });
});
