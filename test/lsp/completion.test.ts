import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CompletionItem } from "vscode-languageserver/node";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    files: {
      "table.durable": `defmodule Tea.Table do
  use Durable

  workflow "table", input: %{guest: String.t()} do
    step :serve, fn data -> {:ok, data} end
  end

  workflow "clear" do
    step :clear, fn _data -> :ok end
  end

  @doc "What it comes to."
  def total(cups, each \\\\ 3), do: cups * each
  defp secret(x), do: x
  def use_it(x), do: secret(x)
end
`,
    },
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
});

afterAll(() => editor.end());

async function complete(source: string): Promise<CompletionItem[]> {
  const { text, cursor } = marked(source);
  editor.open("shop.durable", text);
  const textDocument = { uri: editor.uri("shop.durable") };
  const items = await editor.request<CompletionItem[]>("textDocument/completion", { textDocument, position: cursor });
  editor.close("shop.durable");
  return items.sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
}

const shop = (items: string) => `defmodule Tea.Shop do
  use Durable
  use Durable.Context
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait
  alias Tea.Table

  @limit 3

  workflow "shop", input: %{optional(:note) => String.t(), guest: String.t(), cups: integer()} do
    ${items}
  end

  defp double(x), do: x * 2
end
`;

const body = (text: string) =>
  shop(`step :first, fn data -> {:ok, assign(data, :total, double(data.cups))} end

    decision :second, fn data ->
      ${text}
    end

    step :third, fn data -> {:ok, data} end
    step :fourth, [compensate: :undo], fn data -> {:ok, data} end

    compensate :undo, fn data -> {:ok, data} end`);

const labels = (items: readonly CompletionItem[]) => items.map(({ label }) => label);

describe("completion", () => {
  it("after `data.` gives the keys that are known at this step, with nothing behind the dot", async () => {
    const items = await complete(body("data.<|>"));
    expect(labels(items)).toEqual(["cups", "guest", "total", "note"]);
    expect(items.find(({ label }) => label === "cups")?.detail).toBe("integer()");
    expect(items.find(({ label }) => label === "note")?.detail).toBe("String.t(), may be missing");
  });

  it("after a dot works in the middle of arguments and of a word", async () => {
    expect(labels(await complete(body("{:ok, assign(data, :x, data.<|>)}")))).toContain("total");
    expect(labels(await complete(body("x = Enum.map([1], fn n -> n + data.cu<|> end)")))).toContain("cups");
    expect(labels(await complete(body("case data.<|> do\n nil -> 1\n end")))).toContain("cups");
  });

  it("replaces the whole word", async () => {
    const [item] = await complete(body("{:ok, assign(data, :x, data.cu<|>ps)}"));
    const { text, ranges } = marked(body("{:ok, assign(data, :x, data.<|cups|>)}"));
    expect(text).toContain("data.cups");
    expect(item?.textEdit).toMatchObject({ range: ranges[0], newText: "cups" });
  });

  it("after `data[:` and in `assign` gives keys", async () => {
    expect(labels(await complete(body("x = data[:<|>]")))).toEqual(["cups", "guest", "total", "note"]);
    expect(labels(await complete(body("{:ok, assign(data, :<|>"))).sort()).toEqual(["cups", "guest", "note", "total"]);
    expect(labels(await complete(body("put_context(:to<|>, 1)"))).sort()).toEqual(["cups", "guest", "note", "total"]);
  });

  it("after a module gives its public functions, which are documented when looked at", async () => {
    const own = await complete(body("x = Table.<|>"));
    expect(labels(own)).toEqual(["total", "use_it"]);
    expect(own[0]).toMatchObject({
      detail: expect.stringContaining("total(cups, each"),
      documentation: { value: "What it comes to." },
    });
    const items = await complete(body("x = Enum.<|>"));
    expect(labels(items)).toContain("map");
    const map = items.find(({ label }) => label === "map");
    expect(map?.textEdit).toMatchObject({ newText: "map($0)" });
    const full = await editor.request<CompletionItem>("completionItem/resolve", map);
    expect(full.detail).toMatch(/^Enum\.map\(/);
    expect(full.documentation).toMatchObject({ value: expect.stringContaining("Enum.map(") });
  });

  it("of a word gives variables first, then functions, words and modules", async () => {
    const found = labels(await complete(body("note = 1\n      <|>\n      {:ok, data}")));
    expect(found.slice(0, 2)).toEqual(["data", "note"]);
    for (const label of ["double", "assign", "wait_for_event", "length", "case", "Enum", "Table"])
      expect(found).toContain(label);
    expect(found.indexOf("double")).toBeLessThan(found.indexOf("length"));
  });

  it("in a function that cannot be read tells its parameters, and what the functions around it give", async () => {
    const source = shop("step :first, fn data -> {:ok, data} end").replace("do: x * 2", "do: x * 2 + <|>");
    const items = await complete(source);
    const detailOf = (name: string) => items.find(({ label }) => label === name)?.detail;
    expect(detailOf("x")).toBe("dynamic()");
    expect(detailOf("double")).toBe("double(x) :: integer() | float()");
  });

  it("sees the variables of clauses, generators and rescues around, and no others", async () => {
    const found = labels(
      await complete(
        body(`case 1 do
        a -> for b <- [1], c = b do
          fn d -> <|> end
        end
        e -> e
      end`),
      ),
    );
    expect(found).toEqual(expect.arrayContaining(["a", "b", "d", "data"]));
    expect(found).not.toContain("e");
  });

  it("in a goto gives later steps, and in `compensate:` the handlers", async () => {
    expect(labels(await complete(body("{:goto, :<|>")))).toEqual(["fourth", "third"]);
    expect(labels(await complete(body("{:goto, :th<|>, data}")))).toEqual(["fourth", "third"]);
    const declared = shop(
      "step :a, [compensate: :<|>], fn data -> {:ok, data} end\n    compensate :undo, fn data -> {:ok, data} end",
    );
    expect(labels(await complete(declared))).toEqual(["undo"]);
  });

  it("gives the options of a call, and not those that are there", async () => {
    const found = labels(await complete(body("call_workflow(Table, %{guest: data.guest}, ref: :a, <|>)"))).filter(
      (label) => label.endsWith(":"),
    );
    expect(found).toEqual(expect.arrayContaining(["timeout:", "timeout_value:", "on_timeout:", "workflow:"]));
    expect(found).not.toContain("ref:");
    expect(labels(await complete(body('wait_for_event("paid", t<|>')))).toContain("timeout:");
  });

  it("gives the options of steps, workflows, parallel blocks and retries, and nothing else there", async () => {
    const options = async (source: string) => labels(await complete(source)).filter((label) => label.endsWith(":"));
    expect(await options(shop("step :a, [<|>], fn data -> {:ok, data} end"))).toEqual([
      "compensate:",
      "queue:",
      "retry:",
      "timeout:",
    ]);
    expect(await options(shop("step :a, [retry: [<|>]], fn data -> {:ok, data} end"))).toEqual([
      "backoff:",
      "base:",
      "max_attempts:",
      "max_backoff:",
    ]);
    expect(await options(shop("parallel do\n step :a, <|>fn data -> {:ok, data} end\n end"))).toContain("returns:");
    expect(await options(shop("parallel <|>do\n step :a, fn data -> {:ok, data} end\n end"))).toEqual([
      "into:",
      "on_error:",
      "run:",
    ]);
  });

  it("gives the atoms that an option takes", async () => {
    expect(labels(await complete(shop("parallel on_error: :<|> do\n end")))).toEqual(["complete_all", "fail_fast"]);
    expect(labels(await complete(shop("step :a, [retry: [backoff: :<|>]], fn data -> {:ok, data} end")))).toEqual([
      "constant",
      "exponential",
      "linear",
    ]);
  });

  it("puts modules with workflows first where one is called, and names the workflows of one", async () => {
    const [first] = await complete(body("call_workflow(T<|>"));
    expect(first?.label).toBe("Table");
    expect(labels(await complete(body('call_workflow(Table, %{}, workflow: "<|>")')))).toEqual(["clear", "table"]);
  });

  it("in a ref gives the one that the call has by itself, and those of other calls", async () => {
    const other = "call_workflow(Tea.Table, %{guest: 1}, ref: :first_table, timeout: hours(1))\n";
    const atom = await complete(body(`${other}call_workflow(Tea.Table, %{}, ref: :<|>`));
    expect(labels(atom)).toEqual(["table", "first_table"]);
    const text = await complete(body(`${other}call_workflow(Tea.Table, %{}, ref: "<|>")`));
    expect(labels(text)).toEqual(["table", "first_table"]);
  });

  it("gives the events that are waited for elsewhere", async () => {
    const other = 'wait_for_event("paid", timeout: hours(1))\n';
    expect(labels(await complete(body(`${other}wait_for_event("<|>")`)))).toEqual(["paid"]);
    expect(labels(await complete(body(`${other}wait_for_any([:<|>])`)))).toEqual(["paid"]);
    expect(labels(await complete(body(`${other}String.length("<|>")`)))).toEqual([]);
  });

  it("in an import gives the TypeScript files of the folder, and the folders to go on in", async () => {
    editor.write("mailer.ts", "export {};");
    editor.write("types.d.ts", "export {};");
    editor.write("deep/printer.ts", "export {};");
    const beside = async (path: string) => labels(await complete(`import Mailer, from: "${path}<|>"\n${shop("")}`));
    expect(await beside("")).toEqual(["../", "./"]);
    expect(await beside("./")).toEqual(["mailer", "deep/"]);
    expect(await beside("./deep/")).toEqual(["printer"]);
    expect(await beside("./nowhere/")).toEqual([]);
  });

  it("gives constants after `@`", async () => {
    expect(labels(await complete(body("x = @<|>")))).toEqual(["limit"]);
  });

  it("gives the blocks that may stand in a workflow, with the rest of them", async () => {
    const items = await complete(shop("<|>"));
    expect(labels(items)).toEqual(["branch", "compensate", "decision", "parallel", "step"]);
    const [name, end] = ["{1:name}", "0"].map((place) => `$${place}`);
    expect(items.at(-1)?.textEdit).toMatchObject({ newText: `step :${name}, fn data ->\n  ${end}{:ok, data}\nend` });
  });

  it("gives nothing in comments and ordinary texts", async () => {
    expect(await complete(body("# data.<|>\n{:ok, data}"))).toEqual([]);
    expect(await complete(body('x = "data.<|>"\n{:ok, data}'))).toEqual([]);
  });
});
