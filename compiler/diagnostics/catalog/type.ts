import { rule } from "../diagnostic.ts";

export const mismatch = rule<{ what: string; expected: string; actual: string; difference?: string | null }>({
  code: "type/mismatch",
  severity: "error",
  summary: "A value is of another type than its place asks for.",
  message: ({ what, expected, actual, difference }) =>
    difference ? `${what} does not fit: ${difference}.` : `${what} is ${expected}, but this is ${actual}.`,
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

export const unknownKey = rule<{
  key: string;
  names: readonly string[];
  /** Steps of the workflow that set the key, though not on a way that leads here. */
  setBy: readonly string[];
  suggestion: string | null;
  /** Whether the map is the step's data, which others have set. */
  isData: boolean;
}>({
  code: "type/unknown-key",
  severity: "error",
  summary: "A key is read that the map is sure not to have.",
  message: ({ key, isData }) =>
    isData ? `Nothing sets the key \`${key}\` on any way that leads here.` : `This map has no key \`${key}\`.`,
  help: ({ key, names, setBy, suggestion }) => {
    if (setBy.length > 0) {
      const steps = setBy.map((name) => `\`:${name}\``).join(" and ");
      return `${steps} ${setBy.length === 1 ? "sets" : "set"} \`${key}\`, but not before this is read.`;
    }
    if (suggestion !== null) return `Did you mean \`${suggestion}\`?`;
    return names.length === 0
      ? "The map is empty."
      : `It has ${names
          .slice(0, 8)
          .map((name) => `\`${name}\``)
          .join(", ")}.`;
  },
  explanation:
    "Where the input of a workflow is declared, the compiler knows every key of the data: those of the input, and those that steps before have set.",
  bad: `workflow "w", input: %{total: integer()} do
  step :a, fn data -> {:ok, %{sum: data.totl}} end
end
`,
  good: `workflow "w", input: %{total: integer()} do
  step :a, fn data -> {:ok, %{sum: data.total}} end
end
`,
});

export const maybeMissingKey = rule<{ key: string; access: string; isData: boolean }>({
  code: "type/maybe-missing-key",
  severity: "error",
  summary: "A key is read with `.` that is not set on every way that leads here.",
  message: ({ key, isData }) =>
    isData
      ? `The key \`${key}\` is set on some of the ways that lead here, but not on all.`
      : `The key \`${key}\` may be missing from this map.`,
  help: ({ access, isData }) =>
    `Use \`${access}\`, which gives nil when it is missing${isData ? ", or set it on every way" : ""}.`,
  explanation: "`.` needs the key to be there and raises otherwise; `[]` gives nil.",
  bad: `workflow "w", input: %{optional(:note) => String.t()} do
  step :a, fn data -> {:ok, %{text: data.note}} end
end
`,
  good: `workflow "w", input: %{optional(:note) => String.t()} do
  step :a, fn data -> {:ok, %{text: data[:note]}} end
end
`,
});

export const maybeNil = rule<{ what: string }>({
  code: "type/maybe-nil",
  severity: "warning",
  summary: "A value that may be nil is used where nil does not fit.",
  message: ({ what }) => `This may be nil, and ${what} does not take nil.`,
  help: () => "Test for nil first, with `case`, `if` or `||`.",
  explanation:
    "`[]`, `Map.get` and functions that search give nil when there is nothing, and a wait does when its `timeout` is over.",
  bad: `workflow "w", input: %{user: %{name: String.t()} | nil} do
  step :a, fn data -> {:ok, %{name: data.user.name}} end
end
`,
  good: `workflow "w", input: %{user: %{name: String.t()} | nil} do
  step :a, fn data ->
    user = data.user
    if user, do: {:ok, %{name: user.name}}, else: {:error, "no user"}
  end
end
`,
});

export const dynamicValue = rule<{ name: string }>({
  code: "type/dynamic",
  severity: "off",
  summary: "Nothing is known about the type of a variable.",
  message: ({ name }) => `Nothing is known about the type of \`${name}\`.`,
  help: () => "Declare it: with `input:` for a workflow, with `@spec` for a function.",
  explanation:
    'Where a type is not known the compiler stays silent, and mistakes show at run time only. This is off unless the configuration says otherwise: `"rules": { "type/dynamic": "warning" }`.',
  bad: `def double(n), do: n * 2
`,
  good: `@spec double(integer()) :: integer()
def double(n), do: n * 2
`,
});

export const indistinct = rule<{ kind: string; form: string }>({
  code: "type/indistinct",
  severity: "warning",
  summary: "A test asks for a kind that a value does not show at run time.",
  message: ({ kind, form }) => `Whether this is ${kind} or ${form} is not known: at run time ${kind} is ${form}.`,
  help: () => "Test for the values themselves, with a pattern, or declare the type with `@spec` or `input:`.",
  explanation:
    "Values are JSON: atoms are texts and tuples lists. Where the compiler knows the type it knows the answer; of any other value `is_atom` is true for nil and booleans only, and `is_tuple` for every list.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, %{known: is_atom(data["kind"])}} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, %{known: data["kind"] in [:large, :small]}} end
end
`,
});

export const badOperand = rule<{ operation: string; expected: string; actual: string }>({
  code: "type/bad-operand",
  severity: "error",
  summary: "An operator is given a value that it cannot work on.",
  message: ({ operation, expected, actual }) => `\`${operation}\` works on ${expected}, but this is ${actual}.`,
  help: ({ expected }) => `Give it ${expected}.`,
  explanation: "Operators do not convert: numbers are added with `+`, texts joined with `<>`, lists with `++`.",
  bad: `workflow "w", input: %{name: String.t()} do
  step :a, fn data -> {:ok, %{greeting: "Hello " + data.name}} end
end
`,
  good: `workflow "w", input: %{name: String.t()} do
  step :a, fn data -> {:ok, %{greeting: "Hello " <> data.name}} end
end
`,
});

export const badArgument = rule<{ name: string; expected: string; actual: string; difference: string | null }>({
  code: "type/bad-argument",
  severity: "error",
  summary: "An argument is of a type that the function does not take.",
  message: ({ name, expected, actual, difference }) =>
    difference
      ? `\`${name}\` does not take this: ${difference}.`
      : `\`${name}\` takes ${expected} here, but this is ${actual}.`,
  help: ({ expected }) => `Give it ${expected}.`,
  explanation:
    "What a function takes is in its signature. The compiler complains only when no value of the argument's type would do.",
  bad: `workflow "w", input: %{total: integer()} do
  step :a, fn data -> {:ok, %{text: String.upcase(data.total)}} end
end
`,
  good: `workflow "w", input: %{total: integer()} do
  step :a, fn data -> {:ok, %{text: Integer.to_string(data.total)}} end
end
`,
});

export const childInput = rule<{ workflow: string; problem: string }>({
  code: "type/child-input",
  severity: "error",
  summary: "A child workflow is given an input that it does not take.",
  message: ({ workflow, problem }) => `The input of "${workflow}" does not fit: ${problem}.`,
  help: () => "Give it what its `input:` declares, no more and no less.",
  explanation: "A workflow with a declared input refuses anything else when it starts; the compiler says so before.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, _id} = start_workflow(Child, %{amuont: 5})
    :ok
  end
end

defmodule Child do
  use Durable

  workflow "child", input: %{amount: integer()} do
    step :b, fn _data -> :ok end
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, _id} = start_workflow(Child, %{amount: 5})
    :ok
  end
end

defmodule Child do
  use Durable

  workflow "child", input: %{amount: integer()} do
    step :b, fn _data -> :ok end
  end
end
`,
});

export const stepReturn = rule<{ actual: string; what: string }>({
  code: "type/step-return",
  severity: "error",
  summary: "A step ends with a value that means nothing.",
  message: ({ actual, what }) => `${what} ends here with ${actual}.`,
  help: () => "End with `{:ok, map}`, `:ok`, `{:error, reason}` or `{:goto, :step, map}`.",
  explanation: "What a step returns says how the workflow goes on: with which data, to which step, or that it failed.",
  bad: `workflow "w" do
  step :a, fn _data -> 42 end
end
`,
  good: `workflow "w" do
  step :a, fn _data -> {:ok, %{answer: 42}} end
end
`,
});

export const noClause = rule<{ actual: string }>({
  code: "type/no-clause",
  severity: "error",
  summary: "No pattern here can match the value.",
  message: ({ actual }) => `This is ${actual}, which nothing here can match.`,
  help: () => "Change the pattern, or add a clause that takes the value.",
  explanation: "A match that cannot succeed raises whenever it is reached.",
  bad: `workflow "w", input: %{n: integer()} do
  step :a, fn data ->
    {:ok, n} = data.n
    {:ok, %{n: n}}
  end
end
`,
  good: `workflow "w", input: %{n: integer()} do
  step :a, fn data ->
    n = data.n
    {:ok, %{n: n}}
  end
end
`,
});

export const unknownType = rule<{ name: string; suggestion: string | null }>({
  code: "type/unknown-type",
  severity: "error",
  summary: "A type is named that does not exist.",
  message: ({ name }) => `There is no type \`${name}\`.`,
  help: ({ suggestion }) =>
    suggestion === null
      ? "Define it with `@type`, or use one of the built-in types."
      : `Did you mean \`${suggestion}\`?`,
  explanation:
    "Types are the built-in ones, those a module defines with `@type`, and those of other modules, `Orders.order()`.",
  bad: `workflow "w", input: %{total: intger()} do
  step :a, fn data -> {:ok, data} end
end
`,
  good: `workflow "w", input: %{total: integer()} do
  step :a, fn data -> {:ok, data} end
end
`,
});

function listed(numbers: readonly number[]): string {
  return numbers.length > 1 ? `${numbers.slice(0, -1).join(", ")} or ${numbers.at(-1)}` : String(numbers[0] ?? 0);
}
