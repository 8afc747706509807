/** After a mistake in the text nothing follows from it: later phases say nothing about what could not be read. */
import { expect, test } from "vitest";
import { compileCheck } from "./program.ts";

function inStep(...lines: readonly string[]): string {
  const body = lines.map((line) => `    ${line}`).join("\n");
  return `workflow "w" do\n  step :a, fn data ->\n${body}\n    {:ok, data}\n  end\nend\n`;
}

function codesIn(text: string): readonly string[] {
  return compileCheck(text).map(({ code }) => code);
}

const brokenPatterns: readonly (readonly [what: string, text: string])[] = [
  ["a match", inStep("{a, f(b)} = data[:x]", "Logger.info(a <> b)")],
  ["a map's value", inStep("%{total: 1 + t} = data", "Logger.info(t)")],
  ["a `case`", inStep("case data[:x] do", "  f(y) -> y", "  _ -> 1", "end")],
  ["a part of a clause", inStep("case data[:x] do", "  {:ok, y, g(z)} -> {y, z}", "  other -> other", "end")],
  ["an anonymous function", inStep("add = fn f(x), y -> x + y end", "add.(1, 2)")],
  ["a generator", inStep("for f(x) <- [1], do: x")],
  ["a `with`", inStep("with {:ok, f(x)} <- data[:y], do: x")],
  ["a step's data", 'workflow "w" do\n  step :a, fn f(x) ->\n    {:ok, %{a: x}}\n  end\nend\n'],
  [
    "a function's parameter",
    'def f(1 + x) do\n  x\nend\n\nworkflow "w" do\n  step :a, fn _data -> {:ok, %{a: f(2)}} end\nend\n',
  ],
  [
    "a `branch`",
    `workflow "w" do
  branch on: fn data -> data[:kind] end do
    f(x) ->
      step :a, fn data -> {:ok, data} end

    _ ->
      step :b, fn data -> {:ok, data} end
  end
end
`,
  ],
];

test.each(brokenPatterns)("a broken pattern of %s is reported once", (_, text) => {
  expect(codesIn(text)).toEqual(["syntax/not-a-pattern"]);
});

test("a name that nothing binds is still reported beside a broken pattern", () => {
  expect(codesIn(inStep("{a, f(b)} = data[:x]", "Logger.info(a <> b <> c)"))).toEqual([
    "syntax/not-a-pattern",
    "name/unknown-variable",
  ]);
});

const processes: readonly (readonly [line: string, word: string])[] = [
  ["send(data.to, :hello)", "send"],
  ["self()", "self"],
  ["exit(:normal)", "exit"],
  ["spawn(fn -> 1 end)", "spawn"],
  ["Task.async(fn -> 1 end)", "Task"],
  ["GenServer.call(data.server, :get)", "GenServer"],
];

test.each(processes)("`%s` is answered by name", (line, word) => {
  const [found, ...more] = compileCheck(inStep(line));
  expect([found?.code, found?.message, more]).toEqual([
    "syntax/unsupported-process",
    `There are no processes here, so no \`${word}\`.`,
    [],
  ]);
});

test("a function of the module's own may have such a name with other arguments", () => {
  const helper = "defp send(text), do: Logger.info(text)\n\n";
  expect(codesIn(helper + inStep('send("hello")'))).toEqual([]);
});

test.each([
  ["an unknown function", "{a, [b | _]} = nowhere(1)", "name/unknown-function"],
  ["a value that does not fit", "%{x: a, y: b} = 5", "type/no-clause"],
])("variables without a type because of %s are not reported as well", (_, line, code) => {
  const found = compileCheck(inStep(line, "Logger.info(inspect({a, b}))"), ["type/dynamic"]);
  expect(found.map((diagnostic) => diagnostic.code)).toEqual([code]);
});
