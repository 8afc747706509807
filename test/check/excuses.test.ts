import { describe, expect, test } from "vitest";
import { lineAt } from "./lines.ts";
import { compileCheck } from "./program.ts";

const found = (lines: string) =>
  compileCheck(`workflow "w" do
  step :a, fn _data ->
${lines}
  end
end
`).map(({ code, message, location }) => `${lineAt(location)} ${code}: ${message}`);

const waits = '    {:ok, %{answer: wait_for_event("answer")}}';

describe("# durable-ignore", () => {
  test("excuses the line below from that warning", () => {
    expect(found(`    # durable-ignore timeout/missing: the customer may take years\n${waits}`)).toEqual([]);
  });

  test("may stand above other comments", () => {
    const lines = `    # durable-ignore timeout/missing: see below\n    # The customer may take years.\n${waits}`;
    expect(found(lines)).toEqual([]);
  });

  test("excuses no other line and no other warning", () => {
    const lines = `    # durable-ignore timeout/missing: as I say\n    unused = 1\n${waits}`;
    expect(found(lines)).toEqual([
      "3 syntax/bad-ignore: This excuses nothing: there is no warning timeout/missing in the line below.",
      expect.stringContaining("4 name/unused-variable"),
      expect.stringContaining("5 timeout/missing"),
    ]);
  });

  test("gives a reason", () => {
    expect(found(`    # durable-ignore timeout/missing\n${waits}`)).toEqual([
      expect.stringContaining("3 syntax/bad-ignore"),
      expect.stringContaining("4 timeout/missing"),
    ]);
  });

  test("names a code that exists", () => {
    expect(found(`    # durable-ignore timeout/mising: years\n${waits}`)[0]).toContain("did you mean timeout/missing?");
  });

  test("cannot excuse an error", () => {
    expect(found("    # durable-ignore name/unknown-variable: it is fine\n    {:ok, %{x: missing}}")).toEqual([
      expect.stringContaining("4 name/unknown-variable"),
    ]);
  });
});
