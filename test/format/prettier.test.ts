import { type Options, format as prettier } from "prettier";
import { describe, expect, it } from "vitest";
import { format } from "../../compiler/format/format.ts";
import * as plugin from "../../compiler/prettier-plugin/index.ts";
import { cases, wholeOf } from "./cases.ts";

const rough = 'workflow "greet" do\nstep :hello, fn data -> {:ok, data}\nend\nend\n';
const tidy = 'workflow "greet" do\n  step :hello, fn data -> {:ok, data} end\nend\n';
const long = `workflow "greet" do\n  step :hello, fn data -> {:ok, assign(data, :name, "${"a".repeat(30)}")} end\nend\n`;

const formatted = (text: string, options: Options = {}) =>
  prettier(text, { filepath: "greet.durable", plugins: [plugin], ...options });

describe("prettier with the plugin", () => {
  it("knows a file by its ending", async () => {
    expect(await formatted(rough)).toBe(tidy);
  });

  it("formats each case as durablec does", async () => {
    for (const each of cases) {
      const text = wholeOf(each);
      const expected = format(text);
      expect(await formatted(text)).toBe(expected.ok && expected.text);
    }
  });

  it("keeps spaces at the end of a line of a text", async () => {
    const text = 'def f do\n  """\n  a  \n  b\n  """\nend\n';
    expect(await formatted(text)).toBe(text);
  });

  it("allows lines of 98 characters, or what the configuration says", async () => {
    expect(await formatted(long)).toBe(long);
    expect(await formatted(long, { printWidth: 60 })).toContain("fn data ->\n    {:ok");
  });

  it("formats what stands in Markdown", async () => {
    const markdown = "- so:\n\n  ```durable\n  def f do\n  1\n  end\n  ```\n";
    const tidied = "- so:\n\n  ```durable\n  def f do\n    1\n  end\n  ```\n";
    expect(await formatted(markdown, { filepath: "read.md" })).toBe(tidied);
  });

  it("shows where a source cannot be read", async () => {
    const broken = 'workflow "greet" do\n  step :hello, fn data -> {:ok, data end\nend\n';
    await expect(formatted(broken)).rejects.toMatchObject({
      name: "SyntaxError",
      loc: { start: { line: 2 } },
      codeFrame: expect.stringContaining("> 2 |"),
    });
  });

  it("is found by its name", async () => {
    expect(await formatted(rough, { plugins: ["prettier-plugin-durable"] })).toBe(tidy);
  });
});
