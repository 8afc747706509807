import { rule } from "../diagnostic.ts";

export const mismatch = rule<{ what: string; expected: string; actual: string }>({
  code: "type/mismatch",
  severity: "error",
  summary: "A value is of another type than its place asks for.",
  message: ({ what, expected, actual }) => `${what} is ${expected}, but this is ${actual}.`,
  help: ({ expected }) => `Give it ${expected}.`,
  explanation:
    "The compiler complains only when no value of the type fits; where it does not know a type it stays silent.",
  bad: `workflow "w", queue: 5 do
  step :a, fn data -> {:ok, data} end
end
`,
  good: `workflow "w", queue: :reports do
  step :a, fn data -> {:ok, data} end
end
`,
});

export const badArity = rule<{ name: string; given: number; accepted: readonly number[] }>({
  code: "type/bad-arity",
  severity: "error",
  summary: "A function is called with a number of arguments that it does not take.",
  message: ({ name, given, accepted }) =>
    `\`${name}\` takes ${listed(accepted)} ${accepted.length === 1 && accepted[0] === 1 ? "argument" : "arguments"}, but ${given === 1 ? "1 is" : `${given} are`} given here.`,
  help: ({ accepted }) => `Call it with ${listed(accepted)}. A pipe passes its left side as the first argument.`,
  explanation: "Functions are told apart by name and number of arguments, as in Elixir.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, %{n: String.upcase(data.name, 1, 2)}} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, %{n: String.upcase(data.name)}} end
end
`,
});

function listed(numbers: readonly number[]): string {
  return numbers.length > 1 ? `${numbers.slice(0, -1).join(", ")} or ${numbers.at(-1)}` : String(numbers[0] ?? 0);
}
