import { afterEach, describe, expect, it, vi } from "vitest";
import { FileChangeType } from "vscode-languageserver/node";
import { type Editor, startEditor } from "./editor.ts";

let editor: Editor;

afterEach(() => editor.end());

const codes = (path: string) => editor.shown(path).map(({ code }) => code);

/** Until it holds: checks come when they come. */
const soon = (holds: () => void) => vi.waitFor(holds, { timeout: 60_000 });

function changed(...paths: readonly string[]): void {
  const changes = paths.map((path) => ({ uri: editor.uri(path), type: FileChangeType.Changed }));
  void editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
}

const waiting = `defmodule Tea do
  use Durable
  use Durable.Wait

  workflow "a" do
    step :a, fn _data ->
      wait_for_event("paid")
      :ok
    end
  end
end
`;

describe("files that change on disk", () => {
  it("are read again when they are sources", async () => {
    editor = await startEditor({ files: { "prices.durable": "defmodule Prices do\n  def of(x), do: x\nend\n" } });
    editor.open("shop.durable", "defmodule Shop do\n  def a(x), do: Prices.of(x)\nend\n");
    expect(await editor.diagnostics("shop.durable")).toEqual([]);
    editor.write("prices.durable", "defmodule Prices do\n  def from(x), do: x\nend\n");
    changed("prices.durable");
    await soon(() => expect(codes("shop.durable")).toEqual(["name/unknown-function"]));
  });

  it("settle severities when they are the configuration, whose own mistakes are shown in it", async () => {
    editor = await startEditor({ files: { "tea.durable": waiting } });
    await soon(() => expect(editor.shown("tea.durable")).toMatchObject([{ code: "timeout/missing", severity: 2 }]));
    editor.write("durable.config.json", '{ "rules": { "timeout/missing": "error" } }');
    changed("durable.config.json");
    await soon(() => expect(editor.shown("tea.durable")).toMatchObject([{ severity: 1 }]));
    editor.write("durable.config.json", '{ "rules": { "timeout/missing": "off", "timeout/oops": "off" } }');
    changed("durable.config.json");
    await soon(() => expect(codes("durable.config.json")).toEqual(["config/unknown-rule"]));
    expect(codes("tea.durable")).toEqual([]);
  });

  it("are a project of their own below another configuration", async () => {
    editor = await startEditor({
      files: { "tea.durable": waiting, "inner/durable.config.json": "{}", "inner/tea.durable": waiting },
    });
    await soon(() => expect(codes("inner/tea.durable")).toEqual(["timeout/missing"]));
    expect(codes("tea.durable")).toEqual(["timeout/missing"]);
  });

  // The TypeScript compiler is loaded twice, and works on its own library each time.
  it("mean other types when they are TypeScript", { timeout: 120_000 }, async () => {
    const shop = `defmodule Shop do
  import Postman, from: "./postman"

  def a(x), do: Postman.send(x)
end
`;
    editor = await startEditor({ files: { "postman.ts": "export const post = (x: string) => x;" } });
    editor.open("shop.durable", shop);
    expect((await editor.diagnostics("shop.durable")).map(({ code }) => code)).toEqual(["name/foreign-export-missing"]);
    editor.write("postman.ts", "export const send = (x: string) => x;");
    changed("postman.ts");
    await soon(() => expect(codes("shop.durable")).toEqual([]));
  });
});

describe("workspace folders", () => {
  it("come and go", async () => {
    editor = await startEditor({
      workspace: false,
      files: { "tea.durable": waiting },
      capabilities: { workspace: { workspaceFolders: true } },
    });
    const folder = { uri: editor.uri(""), name: "tea" };
    const change = (event: object) =>
      editor.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event });
    await change({ added: [folder], removed: [] });
    await soon(() => expect(codes("tea.durable")).toEqual(["timeout/missing"]));
    await change({ added: [], removed: [folder] });
    await soon(() => expect(codes("tea.durable")).toEqual([]));
  });
});
