/** What is wrong with a call, a pipe or a capture. */
import { rule } from "../diagnostic.ts";

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
