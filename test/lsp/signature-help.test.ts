import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignatureHelp } from "vscode-languageserver/node";
import { type Editor, startEditor } from "./editor.ts";
import { marked } from "./marked.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor();
});

afterAll(() => editor.end());

/** The signature that is due, with the active parameter in brackets. */
async function help(body: string): Promise<string | null> {
  const { text, cursor } = marked(`defmodule Tea do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration

  def run(data) do
    ${body}
  end

  @spec total(integer(), number()) :: number()
  def total(cups, each \\\\ 3), do: cups * each
end
`);
  editor.open("tea.durable", text);
  const textDocument = { uri: editor.uri("tea.durable") };
  const found = await editor.request<SignatureHelp | null>("textDocument/signatureHelp", {
    textDocument,
    position: cursor,
  });
  editor.close("tea.durable");
  const signature = found?.signatures[found.activeSignature ?? 0];
  if (!signature) return null;
  const [start, end] = (signature.parameters?.[found?.activeParameter ?? 0]?.label ?? [0, 0]) as [number, number];
  const { label } = signature;
  return `${label.slice(0, start)}[${label.slice(start, end)}]${label.slice(end)}`;
}

describe("signature help", () => {
  it("shows the parameter that is due", async () => {
    expect(await help("total(<|>")).toBe("total([cups :: integer()], each \\\\ 3 :: number()) :: number()");
    expect(await help("total(1, <|>)")).toBe("total(cups :: integer(), [each \\\\ 3 :: number()]) :: number()");
  });

  it("counts what a pipe brings", async () => {
    expect(await help("1 |> total(<|>)")).toBe("total(cups :: integer(), [each \\\\ 3 :: number()]) :: number()");
  });

  it("takes the signature that has room for the argument", async () => {
    expect(await help("assign(data, :a, <|>)")).toBe("assign(map(), atom() | String.t(), [any()]) :: map()");
  });

  it("is about the innermost call, also in nested brackets", async () => {
    expect(await help("total(Enum.sum([1, 2<|>]), 3)")).toMatch(/^Enum\.sum\(\[/);
    expect(await help("total(Enum.sum([1, 2]), <|>3)")).toMatch(/^total\(.*, \[each/);
    expect(await help("total(Enum.sum(<|>[1, 2]), 3)")).toMatch(/^Enum\.sum\(\[/);
  });

  it("takes all options as the last parameter", async () => {
    expect(await help("call_workflow(Tea, %{}, ref: :a, timeout: <|>)")).toMatch(
      /^call_workflow\(module\(\), any\(\), \[keyword\(\)\]\) ::/,
    );
  });
});
