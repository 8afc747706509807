/** What is wrong with a value, an operation or a type. */
import { type Edit, rule } from "../diagnostic.ts";

const operatorHelp: Readonly<Record<string, string>> = {
  "<-": "Write `=` to bind a name; `<-` belongs to `with` and `for`.",
  "\\\\": "Defaults belong to the parameters of `def`.",
  when: "Guards belong after a pattern, before `->`, `do` or `<-`.",
  "::": "Types belong to `@type`, `@spec` and `input:`.",
  "|": "Write `||` or `or` for a choice; `|` belongs to lists `[head | tail]`, maps `%{map | key: value}` and types.",
  "//": "A step belongs to a range: `1..10//2`.",
  "^": "Pins belong to patterns.",
};

export const notAType = rule<{ readonly text: string }>({
  code: "syntax/not-a-type",
  severity: "error",
  summary: "Something that is not a type",
  message: ({ text }) => `\`${text}\` is not a type.`,
  help: () => "Write a type such as `String.t()`, `integer()`, `[t]`, `{a, b}`, `%{key: t}` or `a | b`.",
  explanation: "Types have a syntax of their own, the one of Elixir's typespecs.",
  bad: `@type total :: 1 + 1

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `@type total :: integer()

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const badTypeParameter = rule({
  code: "syntax/bad-type-parameter",
  severity: "error",
  summary: "A type parameter that is not a name",
  message: () => "A type's parameters are names.",
  help: () => "Write `@type list_of(a) :: [a]`.",
  explanation: "What a type's parameters stand for is said where the type is used.",
  bad: `@type pair(integer()) :: {integer(), integer()}

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `@type pair(a) :: {a, a}

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const arrowAfterPair = rule<{ readonly edits: readonly Edit[] }>({
  code: "syntax/arrow-after-pair",
  severity: "error",
  summary: "`key => value` after `key: value`",
  message: () => "In a map, `key => value` cannot follow `key: value`.",
  help: () => "Move what has an arrow to the front.",
  fix: ({ edits }) => ({ title: "Put the arrows first", edits, safe: false }),
  explanation:
    "Elixir takes `key: value` pairs only at the end of a map, whether it is a value, a pattern or a type: `%{optional(:note) => String.t(), id: integer()}`.",
  bad: `@type order :: %{id: integer(), optional(:note) => String.t()}

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `@type order :: %{optional(:note) => String.t(), id: integer()}

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const pairsInTuple = rule({
  code: "syntax/pairs-in-tuple",
  severity: "error",
  summary: "`{key: value}`, which is neither a map nor a tuple",
  message: () => "A map is written with `%` before its brace.",
  help: () => "Write `%{key: value}`, or `[key: value]` for a keyword list.",
  fix: (_, { start }) => ({ title: "Make it a map", edits: [{ span: { start, end: start }, text: "%" }], safe: false }),
  explanation:
    "Braces alone hold the items of a tuple. `key: value` pairs can be the last item of one, `{:error, reason: 1}`, but not the only one.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, {total: 1}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{total: 1}}
  end
end
`,
});

export const misplacedOperator = rule<{ readonly operator: string }>({
  code: "syntax/misplaced-operator",
  severity: "error",
  summary: "An operator that means nothing here",
  message: ({ operator }) => `\`${operator}\` has no meaning here.`,
  help: ({ operator }) => operatorHelp[operator] ?? "Remove it.",
  explanation:
    "Some operators belong to certain places: `<-` to `with` and `for`, `when` to guards, `|` to lists, maps and types, `::` to types, `\\\\` to parameters, `^` to patterns.",
  bad: `workflow "w" do
  step :a, fn data ->
    total <- 1
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    total = 1
    {:ok, %{total: total}}
  end
end
`,
});

export const mapEntry = rule({
  code: "syntax/map-entry",
  severity: "error",
  summary: "A map entry without a value",
  message: () => "A map's entry is a key and a value.",
  help: () => "Write `key: value` or `key => value`.",
  explanation: "Every key of a map has a value.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{1}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{total: 1}}
  end
end
`,
});

export const unexpectedComma = rule({
  code: "syntax/unexpected-comma",
  severity: "error",
  summary: "A comma between expressions",
  message: () => "A comma cannot separate expressions.",
  help: () => "Put each on a line of its own, or put brackets around them.",
  explanation: "Commas separate arguments, items and patterns.",
  bad: `workflow "w" do
  step :a, fn data ->
    (1, 2)
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {1, 2}
    {:ok, data}
  end
end
`,
});
