/** The same TextMate grammar colours pages: Shiki takes the file as it is, with either of its engines. */
import { readFileSync } from "node:fs";
import { createHighlighter, createJavaScriptRegexEngine, createOnigurumaEngine } from "shiki";
import { describe, expect, it } from "vitest";

const file = new URL("../../../generated/editors/durable.tmLanguage.json", import.meta.url);
const language = JSON.parse(readFileSync(file, "utf8"));

const source = 'step :pay, fn data -> {:ok, "to #{name}"} end';

const engines = [
  ["Oniguruma", () => createOnigurumaEngine(import("shiki/wasm"))],
  ["JavaScript", async () => createJavaScriptRegexEngine()],
] as const;

describe.each(engines)("Shiki with the engine of %s", (_, engineOf) => {
  it("colours words, atoms, texts and what is interpolated apart", async () => {
    const engine = await engineOf();
    const highlighter = await createHighlighter({ engine, themes: ["github-light"], langs: [language] });
    const { name: lang } = language;
    const [line = []] = highlighter.codeToTokensBase(source, { lang, theme: "github-light", tokenizeTimeLimit: 0 });
    const colours = new Map(line.map(({ content, color }) => [content.trim(), color]));
    const parts = ["step", ":pay", '"to', "name"].map((part) => colours.get(part));
    expect(new Set(parts).size).toBe(4);
    expect(parts).not.toContain(undefined);
    highlighter.dispose();
  });
});
