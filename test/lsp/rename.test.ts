import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Range, WorkspaceEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

let editor: Editor;

const table = `defmodule Tea.Table do
  use Durable

  workflow "table" do
    step :serve, fn data -> {:ok, data} end
  end

  def total(cups), do: cups * 3
end
`;

beforeEach(async () => {
  editor = await startEditor({ files: { "table.durable": table } });
});

afterEach(() => editor.end());

interface Outcome {
  /** The texts afterwards, by file. */
  readonly after: { readonly [path: string]: string };
  readonly warnings: readonly string[];
}

async function rename(source: string, newName: string, path = "shop.durable"): Promise<Outcome> {
  const { text, cursor } = marked(source);
  const warnings: string[] = [];
  editor.connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
    warnings.push(message);
  });
  editor.open(path, text);
  const textDocument = { uri: editor.uri(path) };
  const prepared = await editor.request<{ range: Range }>("textDocument/prepareRename", {
    textDocument,
    position: cursor,
  });
  expect(prepared.range).toBeDefined();
  const { changes = {} } = await editor.request<WorkspaceEdit>("textDocument/rename", {
    textDocument,
    position: cursor,
    newName,
  });
  const texts = { [path]: text, ...(path !== "table.durable" && { "table.durable": table }) };
  const after = Object.fromEntries(
    Object.entries(texts).map(([name, before]) => {
      const document = TextDocument.create("", "", 0, before);
      return [name, TextDocument.applyEdits(document, changes[editor.uri(name)] ?? [])];
    }),
  );
  return { after, warnings };
}

async function refusal(source: string, newName = "other"): Promise<string> {
  return rename(source, newName).then(
    () => "renamed",
    (thrown: Error) => thrown.message,
  );
}

const shop = (items: string, rest = "") => `defmodule Tea.Shop do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait

  workflow "shop" do
    ${items}
  end
${rest}
end
`;

describe("rename", () => {
  it("of a variable leaves others of its name alone", async () => {
    const source = (second: string, cursor = "") =>
      shop(`step :a, fn data ->\n x = 1\n ${second} = x + 1\n {:ok, assign(data, :x, ${second}${cursor})}\n end`);
    const { after, warnings } = await rename(source("x", "<|>"), "y");
    expect(after["shop.durable"]).toBe(source("y"));
    expect(warnings).toEqual([]);
  });

  it("of a step takes its gotos along, and says what rests by it", async () => {
    const source = (name: string) =>
      shop(`decision :a, fn data -> {:goto, :${name}, data} end
    step :b, fn data -> {:ok, data} end
    step :${name}, fn data -> {:ok, data} end`);
    const { after, warnings } = await rename(
      source("cl<|>ose").replace("<|>", "").replace("step :close", "step :cl<|>ose"),
      "finish",
    );
    expect(after["shop.durable"]).toBe(source("finish"));
    expect(warnings).toEqual([
      "Executions that rest in `:close` are known by the old name: only workers with the old code can carry them on.",
    ]);
  });

  it("of a compensation and of a constant keeps colons and signs", async () => {
    const source = (undo: string, limit: string) =>
      shop(
        `step :a, [compensate: :${undo}], fn data -> {:ok, assign(data, :x, @${limit})} end
    compensate :${undo}, fn data -> {:ok, data} end`,
        `  @${limit} 3`,
      );
    const first = await rename(source("undo", "limit").replace("compensate :undo", "compensate :un<|>do"), "revert");
    expect(first.after["shop.durable"]).toBe(source("revert", "limit"));
    editor.close("shop.durable");
    const second = await rename(source("undo", "limit").replace("@limit)", "@li<|>mit)"), "most");
    expect(second.after["shop.durable"]).toBe(source("undo", "most"));
  });

  it("of a function goes through all files, specs and captures", async () => {
    const source = (name: string, cursor = "") =>
      shop(`step :a, fn data -> {:ok, assign(data, :x, Enum.map([1], &Tea.Table.${name}${cursor}/1))} end`);
    const { after } = await rename(source("total", "<|>"), "sum_of");
    expect(after["shop.durable"]).toBe(source("sum_of"));
    expect(after["table.durable"]).toBe(table.replace("total", "sum_of"));
  });

  it("of a workflow keeps its quotes, and finds where it is called by name", async () => {
    const source = (name: string, cursor = "") =>
      shop(
        `step :a, fn data -> {:ok, assign(data, :t, call_workflow(Tea.Table, %{}, workflow: "${name}${cursor}", timeout: :infinity))} end`,
      );
    const { after } = await rename(source("table", "<|>"), "big table");
    expect(after["shop.durable"]).toBe(source("big table"));
    expect(after["table.durable"]).toBe(table.replace('"table"', '"big table"'));
  });

  it("of a module follows aliases, and warns of children that are named after it", async () => {
    const source = (full: string, short: string) => `defmodule Tea.Shop do
  alias ${full}
  alias ${full}, as: T

  def a(x), do: ${short}.total(x)
  def b(x), do: T.total(x)
  def c(x), do: ${full}.total(x)
end
`;
    const { after, warnings } = await rename(
      source("Tea.Table", "Table").replace(/(Tea\.Ta)(ble\.total)/, "$1<|>$2"),
      "Cafe.Desk",
    );
    expect(after["shop.durable"]).toBe(source("Cafe.Desk", "Desk"));
    expect(after["table.durable"]).toBe(table.replace("Tea.Table", "Cafe.Desk"));
    expect(warnings[0]).toContain("Calls without a `ref:` name their child after the module");
  });

  it("says so when a variable is saved across a wait", async () => {
    const { warnings } = await rename(
      shop("step :a, fn data ->\n kept<|> = map_size(data)\n sleep(1000)\n {:ok, assign(data, :x, kept)}\n end"),
      "held",
    );
    expect(warnings[0]).toContain("at a wait that `kept` is saved across");
  });

  it("refuses what is not the project's to rename, and says why", async () => {
    expect(await refusal(shop("step :a, fn data -> {:ok, ass<|>ign(data, :x, 1)} end"))).toBe(
      "`assign` is a built-in function.",
    );
    expect(await refusal(shop("step :a, fn data -> {:ok, assign(data, :x, data.to<|>tal)} end"))).toContain(
      "a key of the data",
    );
    expect(await refusal(shop("step :a, [time<|>out: 5], fn data -> {:ok, data} end"))).toContain(
      "an option of the language",
    );
    expect(await refusal(shop("<|>"))).toBe("There is no name here that could be renamed.");
  });

  it("refuses names that are taken or malformed", async () => {
    const source = shop("step :a<|>, fn data -> {:ok, data} end\n    step :b, fn data -> {:ok, data} end");
    expect(await refusal(source, "b")).toBe("There is a `b` already.");
    expect(await refusal(source, "two words")).toContain("`two words` cannot be its name");
    expect(await refusal(shop("step :a, fn data ->\n x<|> = 1\n y = x\n {:ok, assign(data, :y, y)}\n end"), "y")).toBe(
      "There is a `y` already.",
    );
    expect(await refusal(shop("step :a, fn data ->\n x<|> = 1\n {:ok, assign(data, :y, x)}\n end"), "end")).toContain(
      "no word of the language",
    );
  });

  it("has the warning confirmed where the editor can do that", async () => {
    await editor.end();
    editor = await startEditor({
      capabilities: { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } },
    });
    const { text, cursor } = marked(shop("step :a<|>, fn data -> {:ok, data} end"));
    editor.open("shop.durable", text);
    const edit = await editor.request<WorkspaceEdit>("textDocument/rename", {
      textDocument: { uri: editor.uri("shop.durable") },
      position: cursor,
      newName: "b",
    });
    expect(Object.values(edit.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: true }]);
    expect(edit.documentChanges).toHaveLength(1);
  });
});
