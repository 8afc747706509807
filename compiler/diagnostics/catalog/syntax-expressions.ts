/** What is wrong with an expression, a pattern or a type. */
import { type Edit, rule } from "../diagnostic.ts";

const heads: Readonly<Record<string, string>> = { cond: "condition", fn: "argument", rescue: "error" };

function clauseOf(form: string): string {
  return heads[form] ?? "pattern";
}

const operatorHelp: Readonly<Record<string, string>> = {
  "<-": "Write `=` to bind a name; `<-` belongs to `with` and `for`.",
  "\\\\": "Defaults belong to the parameters of `def`.",
  when: "Guards belong after a pattern, before `->`, `do` or `<-`.",
  "::": "Types belong to `@type`, `@spec` and `input:`.",
  "|": "Write `||` or `or` for a choice; `|` belongs to lists `[head | tail]`, maps `%{map | key: value}` and types.",
  "//": "A step belongs to a range: `1..10//2`.",
  "^": "Pins belong to patterns.",
};

export const notAPattern = rule<{ readonly text: string }>({
  code: "syntax/not-a-pattern",
  severity: "error",
  summary: "Something that cannot be matched against",
  message: ({ text }) => `\`${text}\` is not a pattern.`,
  help: () => "Use names, literals, tuples, lists and maps; compute the value before, and match it with `^name`.",
  explanation:
    "A pattern says what a value looks like. It is compared, not computed, so calls and most operators have no place in it.",
  bad: `workflow "w" do
  step :a, fn data ->
    max(1, 2) = data[:size]
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    2 = data[:size]
    {:ok, data}
  end
end
`,
});

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

export const keywordsLast = rule({
  code: "syntax/keywords-last",
  severity: "error",
  summary: "An argument after `key: value` pairs",
  message: () => "Nothing can follow `key: value` pairs.",
  help: () => "Put the pairs last, or put brackets around them: `[key: value]`.",
  explanation: "Elixir reads `key: value` pairs without brackets as the last argument.",
  bad: `workflow "w" do
  step :a, timeout: 1000, fn data ->
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, [timeout: 1000], fn data ->
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

export const clauseArity = rule<{ readonly count: number; readonly first: number }>({
  code: "syntax/clause-arity",
  severity: "error",
  summary: "Clauses of one `fn` with different numbers of arguments",
  message: ({ count, first }) =>
    `This clause takes ${count} argument${count === 1 ? "" : "s"}, the first one ${first}.`,
  help: () => "Give all clauses the same number of arguments.",
  explanation: "A function is called with one number of arguments; a clause with another one could never be chosen.",
  bad: `workflow "w" do
  step :a, fn data ->
    join = fn
      [], last -> last
      list -> list
    end
    {:ok, %{all: join.([], data)}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    join = fn
      [], last -> last
      list, _last -> list
    end
    {:ok, %{all: join.([], data)}}
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

export const ambiguousCall = rule({
  code: "syntax/ambiguous-call",
  severity: "error",
  summary: "A call without parentheses among other arguments",
  message: () => "It is not clear which of these arguments belong to this call.",
  help: () => "Put parentheses around its arguments.",
  explanation: "In `[f a, b]` the `b` could be an argument of `f` or an item of the list. Elixir refuses it too.",
  bad: `workflow "w" do
  step :a, fn _data ->
    list = [max 1, 2]
    {:ok, %{list: list}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    list = [max(1, 2)]
    {:ok, %{list: list}}
  end
end
`,
});

export const badPipe = rule<{ readonly target: string | null }>({
  code: "syntax/bad-pipe",
  severity: "error",
  summary: "A pipe into something that is not a call",
  message: () => "A value can only be piped into a call.",
  help: ({ target }) =>
    target === null
      ? "Write a call after `|>`: `|> name()`, `|> Module.name()` or `|> f.()`."
      : `Write \`${target}()\`, or \`${target}.()\` when it is a function value.`,
  explanation: "`|>` puts its left side before the other arguments of the call on its right.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, data |> assign}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data |> assign(:a, 1)}
  end
end
`,
});

export const badField = rule<{ readonly text: string }>({
  code: "syntax/bad-field",
  severity: "error",
  summary: "A field that is not a name",
  message: ({ text }) => `\`${text}\` cannot follow a value.`,
  help: () => "Write a lower-case field after the dot, or `[key]` to look up any key.",
  explanation: "A dot takes a field of a map or a function of a module, both lower-case.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, %{total: data.Total}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, %{total: data["Total"]}}
  end
end
`,
});

export const callOnValue = rule<{ readonly name: string }>({
  code: "syntax/call-on-value",
  severity: "error",
  summary: "A call on a value that is no module",
  message: ({ name }) => `\`${name}\` is called on a value, but only modules have functions.`,
  help: ({ name }) =>
    `Call a module's function, \`Module.${name}(…)\`; for a function held in a field write \`.${name}.(…)\`.`,
  explanation:
    "Values have fields; functions belong to modules and are named with them, so that it is known before the program runs what is called.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, %{size: data.size()}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, %{size: data.size}}
  end
end
`,
});

export const notCallable = rule<{ readonly text: string }>({
  code: "syntax/not-callable",
  severity: "error",
  summary: "Arguments after something that is no name",
  message: ({ text }) => `\`${text}\` cannot be called like this.`,
  help: () => "A function value is called with a dot: `f.(x)`.",
  explanation:
    "Parentheses right after a name call the function of that name. A function that is a value is called with a dot.",
  bad: `workflow "w" do
  step :a, fn _data ->
    add = fn a -> fn b -> a + b end end
    {:ok, %{sum: add.(1)(2)}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    add = fn a -> fn b -> a + b end end
    {:ok, %{sum: add.(1).(2)}}
  end
end
`,
});

export const emptyCapture = rule({
  code: "syntax/empty-capture",
  severity: "error",
  summary: "A capture without `&1`",
  message: () => "This capture uses none of its arguments.",
  help: () => "Use `&1`, name a function and its arity as in `&String.upcase/1`, or write `fn -> … end`.",
  explanation: "`&` makes a function of as many arguments as the highest `&n` in it.",
  bad: `workflow "w" do
  step :a, fn _data ->
    f = &(1 + 1)
    {:ok, %{sum: f.()}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    f = &(&1 + 1)
    {:ok, %{sum: f.(1)}}
  end
end
`,
});

export const nestedCapture = rule({
  code: "syntax/nested-capture",
  severity: "error",
  summary: "A capture inside a capture",
  message: () => "A capture cannot stand inside another.",
  help: () => "Write the inner or the outer one as `fn x -> … end`.",
  explanation: "It would not be clear whose `&1` is meant. Elixir refuses it too.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{list: Enum.map([[1]], &Enum.map(&1, &(&1 + 1)))}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{list: Enum.map([[1]], fn row -> Enum.map(row, &(&1 + 1)) end)}}
  end
end
`,
});

export const strayCaptureArgument = rule({
  code: "syntax/stray-capture-argument",
  severity: "error",
  summary: "`&1` outside a capture",
  message: () => "`&1` has a meaning inside a capture only.",
  help: () => "Put `&(…)` around the expression, or name the argument with `fn`.",
  explanation: "`&1` stands for the first argument of the capture around it.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{sum: &1 + 1}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{sum: 1 + 1}}
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

export const unexpectedArrow = rule({
  code: "syntax/unexpected-arrow",
  severity: "error",
  summary: "A `->` outside clauses",
  message: () => "`->` begins a clause, but there are no clauses here.",
  help: () => "Use it in `fn`, `case`, `cond`, `branch`, `rescue` or `else`.",
  explanation: "A clause is a pattern, an arrow and what to do; it needs something to match.",
  bad: `workflow "w" do
  step :a, fn data ->
    if true do
      true -> 1
    end
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    case true do
      true -> 1
      false -> 2
    end
    {:ok, data}
  end
end
`,
});

export const missingArrow = rule<{ readonly form: string }>({
  code: "syntax/missing-arrow",
  severity: "error",
  summary: "Code where a clause should begin",
  message: ({ form }) => `Each part of a \`${form}\` begins with \`${clauseOf(form)} ->\`.`,
  help: ({ form }) => `Write \`${clauseOf(form)} ->\` before it.`,
  explanation: "What stands before the first arrow would never be reached.",
  bad: `workflow "w" do
  step :a, fn data ->
    case data do
      {:ok, data}
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    case data do
      _ -> {:ok, data}
    end
  end
end
`,
});

export const missingClauses = rule<{ readonly form: string }>({
  code: "syntax/missing-clauses",
  severity: "error",
  summary: "A block of clauses that is empty",
  message: ({ form }) => `This \`${form}\` has no clauses.`,
  help: ({ form }) => `Add at least one: \`${clauseOf(form)} -> …\`.`,
  explanation: "Without clauses nothing could match.",
  bad: `workflow "w" do
  step :a, fn data ->
    case data do
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    case data do
      _ -> {:ok, data}
    end
  end
end
`,
});

export const missingPattern = rule<{ readonly form: string }>({
  code: "syntax/missing-pattern",
  severity: "error",
  summary: "An arrow with nothing before it",
  message: ({ form }) => `Something should stand before this \`->\` of a \`${form}\`.`,
  help: ({ form }) => `Write \`${clauseOf(form)} ->\`.`,
  explanation: "Only an `fn` can take nothing.",
  bad: `workflow "w" do
  step :a, fn data ->
    case data do
      -> {:ok, data}
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    case data do
      _ -> {:ok, data}
    end
  end
end
`,
});

export const severalPatterns = rule<{ readonly form: string }>({
  code: "syntax/several-patterns",
  severity: "error",
  summary: "More than one pattern before an arrow",
  message: ({ form }) => `A clause of a \`${form}\` takes one ${form === "cond" ? "condition" : "pattern"}.`,
  help: () => "Put the parts into a tuple: `{a, b} ->`.",
  explanation: "Only an `fn` takes several arguments.",
  bad: `workflow "w" do
  step :a, fn data ->
    case {data[:a], data[:b]} do
      1, _ -> {:ok, data}
      _ -> {:ok, data}
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    case {data[:a], data[:b]} do
      {1, _} -> {:ok, data}
      _ -> {:ok, data}
    end
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

export const badRescue = rule({
  code: "syntax/bad-rescue",
  severity: "error",
  summary: "A `rescue` clause that names no error",
  message: () => "A `rescue` clause names a variable, errors, or both.",
  help: () => "Write `error ->`, `KeyError ->` or `error in [KeyError, ArgumentError] ->`.",
  explanation: "Errors are told apart by their type, and looked into in the clause's body.",
  bad: `workflow "w" do
  step :a, fn data ->
    try do
      {:ok, data}
    rescue
      {:error, _} -> :ok
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    try do
      {:ok, data}
    rescue
      e -> {:error, e}
    end
  end
end
`,
});

export const unexpectedDo = rule<{ readonly name: string }>({
  code: "syntax/unexpected-do",
  severity: "error",
  summary: "A `do` block after a call that takes none",
  message: ({ name }) => `\`${name}\` takes no \`do\` block.`,
  help: () => "Remove the block, or put parentheses around the call's arguments.",
  explanation: "Only the language's own words take blocks.",
  bad: `workflow "w" do
  step :a, fn data ->
    max 1, 2 do
      1
    end
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    total = max(1, 2)
    {:ok, %{total: total}}
  end
end
`,
});
