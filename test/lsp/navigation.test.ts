import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Location } from "vscode-languageserver/node";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

const table = marked(`defmodule Tea.<|Table|> do
  use Durable
  use Durable.Helpers

  @type bill :: %{cups: integer()}

  workflow "<|table|>", input: %{guest: String.t()} do
    step :serve, fn data -> {:ok, assign(data, :bill, 7.5)} end
  end

  def <|total|>(cups), do: cups * 3
  def <|total|>(cups, each), do: cups * each
end
`);

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    files: {
      "postman.ts": "\nexport async function sendCard(to: string): Promise<boolean> { return to !== ''; }\n",
      "table.durable": table.text,
    },
  });
});

afterAll(() => editor.end());

async function ask(method: string, source: string, more: object = {}) {
  const { text, cursor, ranges } = marked(source);
  editor.open("shop.durable", text);
  const textDocument = { uri: editor.uri("shop.durable") };
  const found = await editor.request<Location[]>(method, { textDocument, position: cursor, ...more });
  editor.close("shop.durable");
  const inShop = found.filter(({ uri }) => uri === textDocument.uri).map(({ range }) => range);
  return { found, inShop, ranges };
}

const definition = (source: string) => ask("textDocument/definition", source);
const references = (source: string) =>
  ask("textDocument/references", source, { context: { includeDeclaration: true } });

const shop = (body: string, rest = "") => `defmodule Tea.Shop do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration
  alias Tea.Table, as: T

  workflow "shop", input: %{guest: String.t(), cups: integer()} do
    ${body}
  end
${rest}
end
`;

describe("definition", () => {
  it("of a variable is where it was last bound", async () => {
    const { inShop, ranges } = await definition(
      shop("step :a, fn data ->\n x = 1\n <|x|> = x + 1\n {:ok, assign(data, :x, x<|>)}\n end"),
    );
    expect(inShop).toEqual(ranges);
  });

  it("of a goto is the step", async () => {
    const { inShop, ranges } = await definition(
      shop(`decision :a, fn data -> {:goto, :c<|>lose, data} end
    step :b, fn data -> {:ok, data} end
    step :<|close|>, fn data -> {:ok, data} end`),
    );
    expect(inShop).toEqual(ranges);
  });

  it("of a compensation is its handler", async () => {
    const { inShop, ranges } = await definition(
      shop(`step :a, [compensate: :un<|>do], fn data -> {:ok, data} end
    compensate :<|undo|>, fn data -> {:ok, data} end`),
    );
    expect(inShop).toEqual(ranges);
  });

  it("of a called workflow is its module, also through an alias, or the workflow that is named", async () => {
    const call = (args: string) =>
      shop(`step :a, fn data -> {:ok, assign(data, :t, call_workflow(${args}, timeout: :infinity))} end`);
    const location = { uri: editor.uri("table.durable"), range: table.ranges[0] };
    // The name of a module is its whole name.
    location.range = { ...location.range!, start: { line: 0, character: 10 } };
    expect((await definition(call("T<|>, %{guest: data.guest}"))).found).toEqual([location]);
    expect((await definition(call("Tea.Ta<|>ble, %{guest: data.guest}"))).found).toEqual([location]);
    expect((await definition(call('T, %{guest: data.guest}, workflow: "ta<|>ble"'))).found).toEqual([
      { uri: editor.uri("table.durable"), range: table.ranges[1] },
    ]);
  });

  it("of a function of another file is its clauses", async () => {
    const { found } = await definition(
      shop("step :a, fn data -> {:ok, assign(data, :x, T.to<|>tal(data.cups, 2))} end"),
    );
    expect(found).toEqual([{ uri: editor.uri("table.durable"), range: table.ranges[3] }]);
  });

  it("of a built-in function opens its signature", async () => {
    const { found } = await definition(shop("step :a, fn data -> {:ok, assign(data, :x, Enum.ma<|>p([1], & &1))} end"));
    expect(found[0]?.uri).toMatch(/prelude\/enum\.durable$/);
    const [location] = found;
    const signatures = { uri: location!.uri };
    const symbols = await editor.request("textDocument/hover", {
      textDocument: signatures,
      position: location!.range.start,
    });
    expect(symbols).toBeDefined();
  });

  // The TypeScript compiler is loaded for it.
  it("of a TypeScript function is its export", { timeout: 120_000 }, async () => {
    const { found } = await definition(
      shop(
        "step :a, fn data -> {:ok, assign(data, :x, P.send_<|>card(data.guest))} end",
        '  import P, from: "./postman"',
      ),
    );
    const range = { start: { line: 1, character: 22 }, end: { line: 1, character: 30 } };
    expect(found).toEqual([{ uri: editor.uri("postman.ts"), range }]);
  });

  it("of a constant and of a type is where it is declared", async () => {
    const constant = await definition(
      shop("step :a, fn data -> {:ok, assign(data, :x, @li<|>mit)} end", "  @<|limit|> 3"),
    );
    expect(constant.inShop).toEqual(constant.ranges);
    const type = await definition(
      shop("", "  @type <|line|> :: integer()\n  @spec f(li<|>ne()) :: line()\n  def f(x), do: x"),
    );
    expect(type.inShop).toEqual(type.ranges);
  });
});

describe("references", () => {
  it("to a step are its name and every goto", async () => {
    const { inShop, ranges } = await references(
      shop(`decision :a, fn data -> if data.cups > 1, do: {:goto, :<|close|>, data}, else: {:ok, data} end
    decision :b, fn data -> if data.cups > 2, do: {:goto, :<|close|>, data}, else: {:ok, data} end
    step :<|clo<|>se|>, fn data -> {:ok, data} end`),
    );
    expect(inShop).toEqual(ranges);
  });

  it("to a function are found in all files, with its spec and clauses", async () => {
    const { inShop, ranges } = await references(
      shop(
        "step :a, fn data -> {:ok, assign(data, :x, <|dou<|>ble|>(data.cups))} end",
        "  @spec <|double|>(integer()) :: integer()\n  def <|double|>(0), do: 0\n  def <|double|>(x), do: x * 2",
      ),
    );
    expect(inShop).toEqual(ranges);
  });

  it("to a variable do not mix it with another of the same name", async () => {
    const { inShop, ranges } = await references(
      shop("step :a, fn data ->\n x = 1\n <|x|> = x + 1\n {:ok, assign(data, :x, <|x<|>|>)}\n end"),
    );
    expect(inShop).toEqual(ranges);
  });

  it("to a module are calls, aliases and types everywhere", async () => {
    const { found } = await references(shop("step :a, fn data -> {:ok, assign(data, :x, T<|>.total(data.cups))} end"));
    expect(found.map(({ uri }) => uri.slice(uri.lastIndexOf("/") + 1)).sort()).toEqual([
      "shop.durable",
      "shop.durable",
      "shop.durable",
      "table.durable",
    ]);
  });

  it("to a key of the data are where it is written and read, in whatever way, and not the same word elsewhere", async () => {
    const { inShop, ranges } = await references(
      shop(`step :a, fn data ->
      other = %{note: data.guest}
      notes = Enum.map([1], fn n -> {:ok, %{note: n}} end)
      {:ok, data |> assign(:<|note|>, other.note) |> assign(:x, notes)}
    end

    step :b, fn %{<|note|>: text} = all ->
      all = assign(all, :y, text)
      put_context(:<|note|>, all.<|no<|>te|> <> all[:<|note|>])
      if text == "", do: {:ok, %{<|note|>: nil}}, else: {:ok, %{<|note|>: Map.get(all, :<|note|>)}}
    end

    parallel do
      step :c, fn data -> {:ok, %{note: data.<|note|>}} end
    end

    branch on: fn data -> %{data | <|note|>: data.<|note|>}.<|note|> end do
      _ -> step :d, fn data -> {:ok, data} end
    end`).replace("  use Durable.Orchestration", "  use Durable.Context\n  use Durable.Orchestration"),
    );
    expect(inShop).toEqual(ranges);
  });
});

describe("definition of a key of the data", () => {
  it("is every place that writes it", async () => {
    const { inShop, ranges } = await definition(
      shop(`step :a, fn data -> {:ok, assign(data, :<|note|>, 1)} end
    step :b, fn _data -> {:ok, %{<|note|>: 2}} end
    step :c, fn data -> {:ok, assign(data, :x, data.no<|>te)} end`),
    );
    expect(inShop).toEqual(ranges);
  });
});
