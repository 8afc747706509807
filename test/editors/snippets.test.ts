/** What the extension's snippets insert, with their placeholders as they stand, is the language. */
import { describe, expect, it } from "vitest";
import snippets from "../../grammar/vscode/snippets.json" with { type: "json" };
import { build } from "../syntax/build.ts";

/** `${1:text}`, `${1|one,two|}` and `$0` as they are inserted. */
function inserted(body: readonly string[]): string {
  return body
    .join("\n")
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\d+/g, "");
}

/** Where each is meant to stand. */
const places: Readonly<Record<string, (text: string) => string>> = {
  defmodule: (text) => text,
  workflow: (text) => `defmodule A do\n${text}\nend`,
  "@schedule": (text) => `defmodule A do\n${text}\nworkflow "w" do\nstep :a, fn data -> {:ok, data} end\nend\nend`,
  call: inBody,
  start: inBody,
  wait: inBody,
};

function inBody(text: string): string {
  return inWorkflow(`step :a, fn data ->\n${text}\nend`);
}

function inWorkflow(text: string): string {
  return `workflow "w" do\n${text}\nend`;
}

describe("snippets", () => {
  it.each(Object.entries(snippets))("%s", (_, { prefix, body }) => {
    const place = places[prefix] ?? inWorkflow;
    expect(build(place(inserted(body)), "snippet.durable").reports).toEqual([]);
  });

  it("have prefixes of their own", () => {
    const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});
