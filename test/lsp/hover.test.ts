import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver/node";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    files: {
      "mailer.ts":
        "export async function sendCard(to: string, copies?: number): Promise<boolean> { return to !== ''; }",
      "table.durable": `defmodule Tea.Table do
  use Durable
  use Durable.Helpers

  workflow "table", input: %{guest: String.t()} do
    step :serve, fn data -> {:ok, assign(data, :bill, 7.5)} end
  end
end
`,
    },
  });
});

afterAll(() => editor.end());

/** The text that is shown at the cursor of a body. */
async function hoverIn(body: string, imports = ""): Promise<string> {
  const { text, cursor } = marked(`defmodule Tea.Shop do
  use Durable
  use Durable.Context
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait
  ${imports}

  @patience hours(3)

  workflow "shop", timeout: days(2), input: %{guest: String.t(), cups: integer()} do
    step :serve, [retry: [max_attempts: 3], timeout: hours(30), compensate: :undo], fn data ->
      ${body}
    end

    compensate :undo, fn data -> {:ok, data} end
  end

  @doc "What it comes to."
  @spec price(integer(), number()) :: number()
  def price(cups, each \\\\ 3), do: cups * each
end
`);
  editor.open("shop.durable", text);
  const textDocument = { uri: editor.uri("shop.durable") };
  const hover = await editor.request<Hover | null>("textDocument/hover", { textDocument, position: cursor });
  editor.close("shop.durable");
  return hover === null ? "" : (hover.contents as MarkupContent).value;
}

describe("hover", () => {
  it("shows the type of a variable and of a key of the data", async () => {
    expect(await hoverIn("x<|> = data.cups\n{:ok, assign(data, :x, x)}")).toContain("x :: integer()");
    expect(await hoverIn("{:ok, assign(data, :x, data.cu<|>ps)}")).toContain("cups :: integer()");
  });

  it("shows a function with its spec and doc", async () => {
    const shown = await hoverIn("{:ok, assign(data, :x, pri<|>ce(data.cups))}");
    expect(shown).toContain("def price(cups :: integer(), each \\\\ 3 :: number()) :: number()");
    expect(shown).toContain("What it comes to.");
  });

  it("shows a built-in function with its doc", async () => {
    const shown = await hoverIn("{:ok, assign(data, :x, Enum.ma<|>p([1], & &1))}");
    expect(shown).toContain("Enum.map(");
    expect(shown).toMatch(/function/);
  });

  // The TypeScript compiler is loaded for it.
  it("shows a TypeScript function with its types and where it is", { timeout: 120_000 }, async () => {
    const shown = await hoverIn(
      "{:ok, assign(data, :x, Mailer.send_<|>card(data.guest))}",
      'import Mailer, from: "./mailer"',
    );
    expect(shown).toContain("Mailer.send_card(String.t(), optional integer() | float()) :: boolean()");
    expect(shown).toContain("`sendCard`, mailer.ts:1");
  });

  it("says which child a call means when no ref is given", async () => {
    const shown = await hoverIn(
      "{:ok, assign(data, :t, call_work<|>flow(Tea.Table, %{guest: data.guest}, timeout: :infinity))}",
    );
    expect(shown).toContain("the child is **`table`** of this execution");
    expect(shown).toContain("bill");
  });

  it("says which child a ref means", async () => {
    const call = (ref: string) => `{:ok, assign(data, :t, call_workflow(Tea.Table, %{guest: "a"}, ref: ${ref}))}`;
    expect(await hoverIn(call(":evening").replace("ref:", "re<|>f:"))).toContain(
      "The child is **`evening`** of this execution",
    );
    expect(await hoverIn(call('"t_#{data.guest}"').replace("ref:", "re<|>f:"))).toContain(
      'named by the value of `"t_#{data.guest}"`',
    );
  });

  it("says how long a timeout is and what is given after it", async () => {
    const call = (options: string) => `{:ok, assign(data, :t, call_workflow(Tea.Table, %{guest: "a"}, ${options}))}`;
    expect(await hoverIn(call("timeo<|>ut: @patience"))).toContain(
      "**3 hours.** After that the call gives `{:ok, :child_timeout}`, and the child goes on without it.",
    );
    expect(await hoverIn(call("timeo<|>ut: hours(24), timeout_value: nil, on_timeout: :cancel"))).toContain(
      "**1 day.** After that the call gives `{:ok, nil}`, and the child is cancelled.",
    );
    expect(await hoverIn('{:ok, assign(data, :t, wait_for_event("paid", ti<|>meout: minutes(90)))}')).toContain(
      "**90 minutes.** After that it gives `nil`.",
    );
  });

  it("shows the data a step is given and what its options come to", async () => {
    const { text, cursors } = marked(`defmodule Tea do
  use Durable
  use Durable.Helpers

  workflow "a", input: %{cups: integer()} do
    step :one, fn data -> {:ok, assign(data, :total, data.cups * 3)} end
    step :t<|>wo, [retry: [max_attempts: 3], timeout: minutes(20)], fn data -> {:ok, data} end
  end
end
`);
    editor.open("tea.durable", text);
    const textDocument = { uri: editor.uri("tea.durable") };
    const hover = await editor.request<Hover>("textDocument/hover", { textDocument, position: cursors[0] });
    const shown = (hover.contents as MarkupContent).value;
    expect(shown).toContain("%{cups: integer(), total: integer()}");
    expect(shown).toContain(
      "Tried up to 3 times, with exponential backoff. 20 minutes for each attempt, waits included.",
    );
  });

  it("shows nothing where nothing is", async () => {
    expect(await hoverIn("<|>  {:ok, data}")).toBe("");
  });
});
