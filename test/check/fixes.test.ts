import { expect, test } from "vitest";
import { rules } from "../../compiler/diagnostics/catalog/index.ts";
import { applySafeFixes } from "../../compiler/diagnostics/fixes.ts";
import { compileCheck } from "./program.ts";

const fixed = (text: string) => applySafeFixes(compileCheck(text))[0]?.text ?? text;

test("a missing `use` is added after the others", () => {
  const text = `defmodule A do
  use Durable

  workflow "w" do
    step :a, fn data -> {:ok, assign(data, :x, wait_for_event("x", timeout: hours(1)))} end
  end
end
`;
  expect(fixed(text)).toBe(text.replace("use Durable\n", "use Durable\n  use Durable.Helpers\n  use Durable.Wait\n"));
});

test("the first `use` is added below the module's head", () => {
  const text = `defmodule A do
  workflow "w" do
    step :a, fn data -> {:ok, data} end
  end
end
`;
  expect(fixed(text)).toBe(text.replace("do\n", "do\n  use Durable\n"));
});

test("a variable that is never read gets an underscore", () => {
  const text = `workflow "w" do
  step :a, fn data ->
    {first, second} = {1, 2}
    {:ok, %{n: first}}
  end
end
`;
  expect(fixed(text)).toBe(text.replace("fn data", "fn _data").replace("second}", "_second}"));
});

test("a guess is offered, but not applied unasked", () => {
  const text = `workflow "w" do
  step :a, fn data -> {:ok, %{n: String.upcas(data["n"])}} end
end
`;
  const [diagnostic] = compileCheck(text);
  expect(diagnostic?.fix).toMatchObject({ title: "Write `String.upcase`", safe: false, edits: [{ text: "upcase" }] });
  expect(fixed(text)).toBe(text);
});

test.each(
  rules.filter(({ code, fix }) => fix && !code.startsWith("config/")).map((rule) => [rule.code, rule] as const),
)("%s: what its safe fix makes of the bad source has no such mistake any more", (code, { bad }) => {
  const left = compileCheck(fixed(bad)).filter((diagnostic) => diagnostic.code === code && diagnostic.fix?.safe);
  expect(left).toEqual([]);
});
