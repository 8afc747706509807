import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { ErrorCodes, type Hover, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { checkProject } from "../../compiler/build.ts";
import { guarded } from "../../compiler/lsp/requests.ts";
import { openWorkspace } from "../../compiler/lsp/workspace/workspace.ts";
import { connect, type Editor, startEditor } from "./editor.ts";

const simple = `defmodule Tea do
  use Durable

  workflow "a" do
    step :one, fn data -> {:ok, data} end
  end
end
`;

/** Two files that need each other, with something of everything. */
const whole = [
  `defmodule Tea.Shop do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration

  @patience hours(3)

  workflow "shop", input: %{guests: list(String.t()), cups: integer()} do
    step :serve, [retry: [max_attempts: 2], compensate: :undo], fn data ->
      bills =
        for guest <- data.guests, guest != "" do
          case call_workflow(Tea.Table, %{guest: guest}, ref: "t_#{guest}", timeout: @patience) do
            {:ok, :child_timeout} -> 0
            {:ok, table} -> table.bill
            {:error, _} -> 0
          end
        end

      {:ok, assign(data, :takings, Enum.sum(bills))}
    end

    decision :late, fn data -> if data.cups > 3, do: {:goto, :close, data}, else: {:ok, data} end
    step :tidy, fn _data -> :ok end
    step :close, fn data -> {:ok, data} end
    compensate :undo, fn data -> {:ok, data} end
  end
end
`,
  `defmodule Tea.Table do
  use Durable
  use Durable.Helpers
  use Durable.Wait

  workflow "table", input: %{guest: String.t()} do
    branch on: fn data -> data.guest end do
      "ann" -> step :ask, fn data -> {:ok, assign(data, :note, wait_for_text(:note, timeout: 1000))} end
      _ -> step :greet, fn data -> {:ok, assign(data, :note, "🍵 #{data.guest}")} end
    end

    step :serve, fn data -> {:ok, assign(data, :bill, price(2) |> max(1))} end
  end

  @doc "What it comes to."
  defp price(cups, each \\\\ 3), do: cups * each
end
`,
];

describe("requests that make no sense", () => {
  it("are refused as such, or answered with nothing, and the server goes on", async () => {
    const editor = await startEditor({ files: { "tea.durable": simple } });
    const uri = editor.uri("tea.durable");
    const fails = (method: string, params: unknown) =>
      editor.request(method, params).then(
        () => null,
        (thrown: { code: number }) => thrown.code,
      );
    expect(await fails("textDocument/hover", {})).toBe(ErrorCodes.InvalidParams);
    expect(await fails("textDocument/hover", { textDocument: { uri }, position: { line: "x" } })).toBe(
      ErrorCodes.InvalidParams,
    );
    expect(await fails("textDocument/hover", { textDocument: { uri: 7 }, position: { line: 0, character: 0 } })).toBe(
      ErrorCodes.InvalidParams,
    );
    expect(await fails("textDocument/nonsense", {})).toBe(ErrorCodes.MethodNotFound);
    const nowhere = { textDocument: { uri: editor.uri("nowhere.durable") }, position: { line: 0, character: 0 } };
    for (const method of [
      "hover",
      "definition",
      "completion",
      "rename",
      "signatureHelp",
      "foldingRange",
      "documentSymbol",
      "inlayHint",
      "codeAction",
    ])
      expect(await editor.request(`textDocument/${method}`, nowhere)).toBeNull();
    const far = { textDocument: { uri }, position: { line: 900, character: 900 } };
    expect(await editor.request("textDocument/hover", far)).toBeNull();
    for (const strange of ["", "file:", "http://example.com/a.durable", "file:///%zz"])
      expect(await editor.request("textDocument/hover", { ...far, textDocument: { uri: strange } })).toBeNull();
    await editor.end();
  });
});

describe("a defect of the server's own", () => {
  it("is named as one, logged and survived", async () => {
    const log: string[] = [];
    const desk = { workspace: () => openWorkspace([]), log: (message: string) => void log.push(message) };
    const broken = guarded(desk, "hover", async () => {
      throw new TypeError("x is undefined");
    });
    await expect(broken({})).rejects.toMatchObject({
      code: ErrorCodes.InternalError,
      message: "durablec: internal error in hover: x is undefined",
    });
    expect(log).toEqual([expect.stringMatching(/^internal error in hover: TypeError: x is undefined\n\s+at /)]);
  });
});

describe("documents", () => {
  it("that change faster than they can be checked end with what the newest text has", async () => {
    const editor = await startEditor();
    const versions: number[] = [];
    editor.connection.onNotification("textDocument/publishDiagnostics", ({ version }: { version: number }) => {
      versions.push(version);
    });
    editor.open("tea.durable", simple);
    for (let round = 0; round < 40; round += 1) editor.change("tea.durable", simple.replace("data}", `x${round}}`));
    await vi.waitFor(() => expect(versions.at(-1)).toBe(41), { timeout: 20_000 });
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    const symbols = await editor.request<object[]>("textDocument/documentSymbol", {
      textDocument: { uri: editor.uri("tea.durable") },
    });
    expect(symbols).toHaveLength(1);
    await editor.end();
  });

  it("may be closed while they are checked", async () => {
    const editor = await startEditor();
    for (let round = 0; round < 10; round += 1) {
      editor.open("tea.durable", simple.replace("data}", "oops}"));
      editor.close("tea.durable");
    }
    editor.open("other.durable", simple);
    expect(await editor.diagnostics("other.durable")).toEqual([]);
    await vi.waitFor(() => expect(editor.shown("tea.durable")).toEqual([]), { timeout: 20_000 });
    expect(editor.log).toEqual([]);
    await editor.end();
  });

  it("that are no files are checked on their own", async () => {
    const editor = await startEditor({ workspace: false });
    editor.open("untitled:Untitled-1", simple.replace("data}", "oops}"));
    expect((await editor.diagnostics("untitled:Untitled-1")).map(({ code }) => code)).toContain(
      "name/unknown-variable",
    );
    editor.close("untitled:Untitled-1");
    await editor.end();
  });

  it("outside of a workspace are checked with those beside them", async () => {
    const other = "defmodule Prices do\n  def of(x), do: x\nend\n";
    const editor = await startEditor({
      workspace: false,
      files: { "prices.durable": other, "deep/er.durable": simple },
    });
    editor.open("shop.durable", "defmodule Shop do\n  def a(x), do: Prices.of(x)\n  def b(), do: Tea.c()\nend\n");
    expect((await editor.diagnostics("shop.durable")).map(({ code }) => code)).toEqual(["name/unknown-module"]);
    await editor.end();
  });

  it("of a package and of the compiler itself are not judged", async () => {
    const editor = await startEditor({ files: { "node_modules/x/a.durable": simple } });
    const path = join(import.meta.dirname, "../../compiler/prelude/enum.durable");
    const uri = `file://${path}`;
    editor.open(uri, readFileSync(path, "utf8"));
    const position = { line: 5, character: 9 };
    expect(
      await editor.request<Hover>("textDocument/documentSymbol", { textDocument: { uri }, position }),
    ).not.toBeNull();
    expect(editor.shown(uri)).toEqual([]);
    await editor.end();
  });
});

/** Half a character that an edit has left cannot be written to a file. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

describe("a session of edits", () => {
  const seed = Number(process.env.LSP_SEED ?? Date.now() % 1_000_000);

  it(`never breaks the server, and shows what \`durablec check\` shows of the same text (seed ${seed})`, {
    timeout: 120_000,
  }, async () => {
    const edits = fc.sample(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(12)),
        text: fc.oneof(
          fc.constantFrom(
            "end",
            "do",
            " ",
            "\n",
            "data.",
            ":",
            "{",
            "}",
            "(",
            ")",
            '"',
            "#{",
            "fn x -> ",
            "step :x, ",
            ", ",
            "|> ",
            "🍵",
            "@",
            "<-",
            "[",
            "]",
            "&",
            "x",
          ),
          fc.string({ maxLength: 3 }),
          fc.constant(""),
        ),
      }),
      { numRuns: 500, seed },
    );
    const texts = ["shop", "table"].map((name, index) => ({ path: `${name}.durable`, text: whole[index]! }));
    const editor = await startEditor({ files: Object.fromEntries(texts.map(({ path, text }) => [path, text])) });
    const check = mkdtempSync(join(tmpdir(), "edits-"));
    const compare = async () => {
      for (const { path, text } of texts) writeFileSync(join(check, path), text);
      const { diagnostics } = await checkProject({ paths: [check], cwd: check });
      for (const { path } of texts) {
        const expected = diagnostics.filter(({ location }) => location.source.path === path);
        const shown = await editor.diagnostics(path);
        expect(shown.map(({ code, message }) => `${code} ${message}`)).toEqual(
          expected.map(({ code, message, help }) => `${code} ${message}\n${help}`),
        );
      }
    };
    for (const { path, text } of texts) editor.open(path, text);
    for (const [index, { at, length, text }] of edits.entries()) {
      const target = texts[index % texts.length]!;
      const start = Math.floor(at * target.text.length);
      // Now and then the text is whole again, so that edits meet sound texts too.
      target.text =
        index % 25 < 2
          ? whole[index % texts.length]!
          : wellFormed(target.text.slice(0, start) + text + target.text.slice(start + length));
      editor.change(target.path, target.text);
      const document = TextDocument.create("", "", 0, target.text);
      const textDocument = { uri: editor.uri(target.path) };
      const position = document.positionAt(start + text.length);
      const requests = [
        "hover",
        "completion",
        "definition",
        "references",
        "signatureHelp",
        "documentSymbol",
        "foldingRange",
      ];
      const method = requests[index % requests.length]!;
      if (index % 3 === 0)
        await editor.request(`textDocument/${method}`, {
          textDocument,
          position,
          context: { includeDeclaration: true },
        });
      if (index % 50 === 0) await compare();
    }
    await compare();
    expect(editor.log).toEqual([]);
    await editor.end();
    rmSync(check, { recursive: true });
  });
});

describe("durablec lsp --stdio", () => {
  it("serves a real editor and ends with it", async () => {
    const command = join(import.meta.dirname, "../../compiler/bin/durablec.js");
    const server = spawn(process.execPath, [command, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    let errors = "";
    server.stderr.on("data", (data) => {
      errors += data;
    });
    const ended = new Promise((resolve) => server.on("exit", resolve));
    const reader = new StreamMessageReader(server.stdout);
    const writer = new StreamMessageWriter(server.stdin);
    const editor: Editor = await connect(reader, writer, { files: {}, workspace: true, capabilities: {} });
    editor.open("tea.durable", simple.replace("data}", "oops}"));
    expect((await editor.diagnostics("tea.durable")).map(({ code }) => code)).toContain("name/unknown-variable");
    const [found] = await editor.diagnostics("tea.durable");
    expect(found?.codeDescription?.href).toMatch(/dist\/diagnostics\.md#/);
    await editor.connection.sendRequest("shutdown");
    await editor.connection.sendNotification("exit");
    expect(await ended).toBe(0);
    expect(errors).toBe("");
  });
});
