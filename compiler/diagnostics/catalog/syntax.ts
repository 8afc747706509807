/** What is wrong with the text itself: each mistake has its own code, and the rest of the file is still read. */
import { rule } from "../diagnostic.ts";

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "%{": "}", "#{": "}", "<<": ">>" };

function closerOf(opening: string): string {
  return closers[opening] ?? opening;
}

const blocks: Readonly<Record<string, string>> = {
  defmodule: "after the module's name",
  workflow: "after the workflow's name",
  branch: "after the branch's condition",
  parallel: "after `parallel` and its options",
};

function missedAfter(word: string): string {
  return blocks[word] ?? `after \`${word}\``;
}

const nouns: Readonly<Record<string, string>> = { compensate: "compensation" };

function nounOf(word: string): string {
  return nouns[word] ?? word;
}

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

export const unknownCharacter = rule<{ readonly text: string }>({
  code: "syntax/unknown-character",
  severity: "error",
  summary: "A character that begins nothing",
  message: ({ text }) => `\`${text}\` means nothing here.`,
  help: () => "Remove it, or put it into a string.",
  explanation: "Names are made of ASCII letters, digits and `_`; any other letter can stand in strings and comments.",
  bad: `workflow "w" do
  step :a, fn _data ->
    size = 1 €
    {:ok, %{size: size}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    size = 1
    {:ok, %{size: size}}
  end
end
`,
});

export const unclosedText = rule<{ readonly closing: string }>({
  code: "syntax/unclosed-text",
  severity: "error",
  summary: "A string, heredoc or sigil that is never closed",
  message: ({ closing }) => `This text is never closed: its \`${closing}\` is missing.`,
  help: ({ closing }) => `Add \`${closing}\` where the text ends.`,
  explanation: "Everything up to the next delimiter would be part of the text, so what follows cannot be read.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{name: "order}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{name: "order"}}
  end
end
`,
});

export const unclosedBracket = rule<{ readonly opening: string }>({
  code: "syntax/unclosed-bracket",
  severity: "error",
  summary: "A bracket that is never closed",
  message: ({ opening }) => `This \`${opening}\` is never closed.`,
  help: ({ opening }) => `Add \`${closerOf(opening)}\` where it ends.`,
  explanation:
    "Brackets come in pairs. The compiler looks at the columns to tell where the missing one belongs, and reads on from there.",
  bad: `workflow "w" do
  step :a, fn _data ->
    total = max(1, 2
    {:ok, %{total: total}}
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

export const wrongBracket = rule<{ readonly opening: string; readonly closing: string }>({
  code: "syntax/wrong-bracket",
  severity: "error",
  summary: "A bracket closed by one of another kind",
  message: ({ opening, closing }) => `This \`${closing}\` cannot close a \`${opening}\`.`,
  help: ({ opening }) => `Write \`${closerOf(opening)}\`.`,
  explanation: "Brackets come in pairs of one kind.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{list: [1, 2)}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{list: [1, 2]}}
  end
end
`,
});

export const strayBracket = rule<{ readonly closing: string }>({
  code: "syntax/stray-bracket",
  severity: "error",
  summary: "A closing bracket without its opening one",
  message: ({ closing }) => `This \`${closing}\` closes nothing.`,
  help: () => "Remove it, or add the bracket it should close.",
  explanation: "Brackets come in pairs.",
  bad: `workflow "w" do
  step :a, fn _data ->
    total = max(1, 2))
    {:ok, %{total: total}}
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

export const missingEnd = rule<{ readonly opener: string }>({
  code: "syntax/missing-end",
  severity: "error",
  summary: "A block without its `end`",
  message: ({ opener }) => `The \`${opener}\` that begins here has no \`end\`.`,
  help: () => "Add `end` where it stops.",
  explanation:
    "Every `do` and every `fn` is closed by an `end`. Which one is missing is told by the columns: an `end` stands below the line that begins its block.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, data}

  step :b, fn data ->
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end

  step :b, fn data ->
    {:ok, data}
  end
end
`,
});

export const strayEnd = rule({
  code: "syntax/stray-end",
  severity: "error",
  summary: "An `end` that closes nothing",
  message: () => "This `end` closes nothing.",
  help: () => "Remove it, or add the `do` or `fn` it should close.",
  explanation: "Every `end` closes one `do` or `fn`.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const missingDo = rule<{ readonly word: string }>({
  code: "syntax/missing-do",
  severity: "error",
  summary: "A block without its `do`",
  message: ({ word }) => `I expected \`do\` ${missedAfter(word)}.`,
  help: () => "Add `do` at the end of this line.",
  explanation: "A block begins with `do` and ends with `end`.",
  bad: `workflow "w"
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const tooDeep = rule<{ readonly what: string }>({
  code: "syntax/too-deep",
  severity: "error",
  summary: "Code nested or chained beyond reason",
  message: ({ what }) => `There are ${what}; that is more than I can follow.`,
  help: () => "Take a part out into a variable or a function.",
  explanation:
    "The compiler walks the program as a tree. A limit far beyond what people write keeps a runaway generator from exhausting its memory.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{list: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{list: [[[]]]}}
  end
end
`,
});

export const unexpected = rule<{ readonly seen: string; readonly expected: string }>({
  code: "syntax/unexpected",
  severity: "error",
  summary: "Something that cannot stand where it does",
  message: ({ seen, expected }) => `I did not expect ${seen} here. I was looking for ${expected}.`,
  help: ({ expected }) => `Write ${expected} here, or remove what is too much.`,
  explanation: "The rest of the file is still read: only the statement or argument list around the place is left out.",
  bad: `workflow "w" do
  step :a, fn _data ->
    total = 1 2
    {:ok, %{total: total}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    total = 12
    {:ok, %{total: total}}
  end
end
`,
});

export const integerRange = rule<{ readonly text: string }>({
  code: "syntax/integer-range",
  severity: "error",
  summary: "An integer that is not exact",
  message: ({ text }) => `${text} is too large to be exact.`,
  help: () => "Keep integers within ±9007199254740991, or write it as a string.",
  explanation:
    "Numbers are JSON numbers. Past 2^53 − 1 they lose their last digits, and an id that does would be another id.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{id: 9_007_199_254_740_993}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{id: "9007199254740993"}}
  end
end
`,
});

export const badEscape = rule<{ readonly text: string }>({
  code: "syntax/bad-escape",
  severity: "error",
  summary: "An escape that means no character",
  message: ({ text }) => `\`${text}\` is not an escape.`,
  help: () => "Write `\\xHH`, `\\uHHHH` or `\\u{H…}` with the number of a character; for a backslash write two.",
  explanation:
    "`\\x` takes two hexadecimal digits and `\\u` four, or up to six in braces. Half of a surrogate pair is no character.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{mark: "\\u12"}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{mark: "\\u0012"}}
  end
end
`,
});

export const heredocStart = rule({
  code: "syntax/heredoc-start",
  severity: "error",
  summary: 'Text beside the opening `"""`',
  message: () => 'The text of a heredoc begins on the line after `"""`.',
  help: () => 'Break the line after `"""`.',
  explanation:
    "The closing delimiter's column says how much indentation is taken off, so the first line has to be a line like the others.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{text: """hello
      """}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{text: """
      hello
      """}}
  end
end
`,
});

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

export const malformed = rule<{ readonly form: string; readonly usage: string }>({
  code: "syntax/malformed",
  severity: "error",
  summary: "A `case`, `if`, `with`, … written otherwise",
  message: ({ form, usage }) => `\`${form}\` is written \`${usage}\`.`,
  help: ({ usage }) => `Write \`${usage}\`.`,
  explanation: "These words have a syntax of their own.",
  bad: `workflow "w" do
  step :a, fn _data ->
    total = if true
    {:ok, %{total: total}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    total = if true, do: 1
    {:ok, %{total: total}}
  end
end
`,
});

export const unexpectedPart = rule<{ readonly form: string; readonly word: string }>({
  code: "syntax/unexpected-part",
  severity: "error",
  summary: "A part or option that a form does not have",
  message: ({ form, word }) => `\`${form}\` has no \`${word}\`.`,
  help: ({ word }) => `Remove \`${word}\`.`,
  explanation: "Nothing is ignored: what has no effect is refused.",
  bad: `workflow "w" do
  step :a, fn data ->
    case data do
      _ -> {:ok, data}
    else
      _ -> {:ok, data}
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

export const repeatedPart = rule<{ readonly form: string; readonly word: string }>({
  code: "syntax/repeated-part",
  severity: "error",
  summary: "A part that is given twice",
  message: ({ form, word }) => `This \`${form}\` has \`${word}\` twice.`,
  help: ({ word }) => `Keep one \`${word}\`.`,
  explanation: "Only one of them could count.",
  bad: `workflow "w" do
  step :a, fn data ->
    if true do
      {:ok, data}
    else
      {:ok, data}
    else
      {:ok, data}
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    if true do
      {:ok, data}
    else
      {:ok, data}
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

export const missingName = rule<{ readonly word: string; readonly name: string | null }>({
  code: "syntax/missing-name",
  severity: "error",
  summary: "A step without a name",
  message: ({ word }) => `A ${nounOf(word)} begins with its name, an atom.`,
  help: ({ word, name }) => `Write \`${word} :${name ?? "name"}, …\`.`,
  explanation: "Names are how history, gotos, compensations and running executions refer to a step.",
  bad: `workflow "w" do
  step charge, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :charge, fn data -> {:ok, data} end
end
`,
});

export const missingBody = rule<{ readonly word: string }>({
  code: "syntax/missing-body",
  severity: "error",
  summary: "A step without its function",
  message: ({ word }) => `This ${nounOf(word)} does nothing: its function is missing.`,
  help: ({ word }) => `Write \`${word} :name, fn data -> … end\`.`,
  explanation: "What a step does is a function of the data so far.",
  bad: `workflow "w" do
  step :a
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, data} end
end
`,
});

export const notAFunction = rule<{ readonly word: string }>({
  code: "syntax/not-a-function",
  severity: "error",
  summary: "Something else where a function is written",
  message: ({ word }) => `A \`${word}\` takes its function written out.`,
  help: () => "Write `fn data -> … end` here; it may call any function.",
  explanation: "The compiler takes the function apart at its waits, so it has to stand there.",
  bad: `defp charge(data), do: {:ok, data}

workflow "w" do
  step :a, &charge/1
end
`,
  good: `defp charge(data), do: {:ok, data}

workflow "w" do
  step :a, fn data -> charge(data) end
end
`,
});

export const extraArgument = rule<{ readonly word: string }>({
  code: "syntax/extra-argument",
  severity: "error",
  summary: "More after the function of a step",
  message: ({ word }) => `Nothing follows the function of a \`${word}\`.`,
  help: ({ word }) => `Write \`${word} :name, [option: value], fn data -> … end\`.`,
  explanation: "A step has one function; its options stand before it.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, data} end, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, data} end
end
`,
});

export const badOption = rule({
  code: "syntax/bad-option",
  severity: "error",
  summary: "Something among options that is no option",
  message: () => "Options are `key: value` pairs.",
  help: () => "Write `[key: value]`.",
  explanation: "Every option has a name.",
  bad: `workflow "w" do
  step :a, [1000], fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :a, [timeout: 1000], fn data -> {:ok, data} end
end
`,
});

export const badWorkflow = rule({
  code: "syntax/bad-workflow",
  severity: "error",
  summary: "A workflow without a name",
  message: () => "A workflow begins with its name, a string.",
  help: () => 'Write `workflow "name" do … end`.',
  explanation: "The name is how executions are started and found.",
  bad: `workflow do_it do
  step :a, fn data -> {:ok, data} end
end
`,
  good: `workflow "do_it" do
  step :a, fn data -> {:ok, data} end
end
`,
});

export const badBranch = rule({
  code: "syntax/bad-branch",
  severity: "error",
  summary: "A branch without its condition",
  message: () => "A branch begins with what it looks at.",
  help: () => "Write `branch on: fn data -> data.key end do … end`.",
  explanation: "The function's result chooses the clause.",
  bad: `workflow "w" do
  branch do
    _ ->
      step :a, fn data -> {:ok, data} end
  end
end
`,
  good: `workflow "w" do
  branch on: fn data -> data end do
    _ ->
      step :a, fn data -> {:ok, data} end
  end
end
`,
});

export const badParallel = rule({
  code: "syntax/bad-parallel",
  severity: "error",
  summary: "A parallel block with something that is no option",
  message: () => "A parallel block takes options only.",
  help: () => "Write `parallel on_error: :complete_all do … end`.",
  explanation: "Its steps stand between `do` and `end`.",
  bad: `workflow "w" do
  parallel :fast do
    step :a, fn data -> {:ok, data} end
  end
end
`,
  good: `workflow "w" do
  parallel do
    step :a, fn data -> {:ok, data} end
  end
end
`,
});

export const badDefinition = rule({
  code: "syntax/bad-definition",
  severity: "error",
  summary: "A function's head written otherwise",
  message: () => "A function begins with its name and its parameters.",
  help: () => "Write `def name(a, b) do … end`.",
  explanation: "A definition is a name, patterns in parentheses and a body.",
  bad: `def 5 do
  1
end

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `def five() do
  5
end

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const badDirective = rule<{ readonly usage: string }>({
  code: "syntax/bad-directive",
  severity: "error",
  summary: "A `use`, `alias`, `require` or `import` written otherwise",
  message: ({ usage }) => `This is written like \`${usage}\`.`,
  help: ({ usage }) => `Write it like \`${usage}\`.`,
  explanation: "`import` names a TypeScript module; functions of other modules are called by the module's name.",
  bad: `import Enum

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `import Mailer, from: "./mailer"

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const badAttribute = rule<{ readonly name: string; readonly usage: string }>({
  code: "syntax/bad-attribute",
  severity: "error",
  summary: "An attribute written otherwise",
  message: ({ name, usage }) => `\`@${name}\` is written like \`${usage}\`.`,
  help: ({ usage }) => `Write it like \`${usage}\`.`,
  explanation: "Attributes document, declare types and schedules, or name constants.",
  bad: `@schedule "0 9 * * *"
workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `@schedule cron: "0 9 * * *"
workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const unsupportedAttribute = rule<{ readonly name: string }>({
  code: "syntax/unsupported-attribute",
  severity: "error",
  summary: "An attribute that means something in Elixir only",
  message: ({ name }) => `\`@${name}\` has no meaning here.`,
  help: () => "Remove it.",
  explanation: "Behaviours and compile-time hooks belong to Elixir's macros and processes.",
  bad: `@behaviour Handler

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const badDate = rule<{ readonly text: string; readonly instant: boolean }>({
  code: "syntax/bad-date",
  severity: "error",
  summary: "A date or a time that does not exist",
  message: ({ text, instant }) => `\`${text}\` is not a ${instant ? "point in time" : "date"}.`,
  help: ({ instant }) =>
    instant
      ? "It is written as `~U[2024-02-28 10:00:00Z]`, in UTC; the month must have that day, and the day that time."
      : "It is written as `~D[2024-02-28]`; the month must have that day.",
  explanation: "A date is checked where it is written, so that it cannot surprise years later.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{from: ~D[2023-02-29]}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{from: ~D[2024-02-29], at: ~U[2024-02-29 10:00:00Z]}}
  end
end
`,
});

export const unsupportedSigil = rule<{ readonly letter: string }>({
  code: "syntax/unsupported-sigil",
  severity: "error",
  summary: "A sigil that does not exist here",
  message: ({ letter }) => `There is no sigil \`~${letter}\`.`,
  help: () => "There are `~s`, `~w`, `~r`, `~U[…]` for times and `~D[…]` for dates.",
  explanation: "A sigil is a short way to write one kind of value; only those whose value has a JSON form exist.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{at: ~T[09:00:00]}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{at: "09:00:00"}}
  end
end
`,
});

export const unsupportedCharlist = rule({
  code: "syntax/unsupported-charlist",
  severity: "error",
  summary: "Text in single quotes",
  message: () => "Single quotes make a charlist in Elixir, which does not exist here.",
  help: () => "Use double quotes.",
  explanation: "Text is always a string.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{name: 'order'}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{name: "order"}}
  end
end
`,
});

export const unsupportedBinary = rule({
  code: "syntax/unsupported-binary",
  severity: "error",
  summary: "`<<…>>`",
  message: () => "Binaries do not exist here.",
  help: () => "Use strings, and `String` or `Base` to take them apart.",
  explanation: "Values are JSON, which has text but no bytes.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{bytes: <<1, 2>>}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{bytes: [1, 2]}}
  end
end
`,
});

export const unsupportedStruct = rule<{ readonly name: string }>({
  code: "syntax/unsupported-struct",
  severity: "error",
  summary: "A struct",
  message: ({ name }) =>
    name === "" ? "Structs cannot be defined here." : `Structs do not exist here, so there is no \`%${name}{}\`.`,
  help: () => "Use a map, `%{key: value}`, and describe it with `@type`.",
  explanation: "Values are JSON. A map with a declared type says as much as a struct, and survives being stored.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %Order{id: 1}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{id: 1}}
  end
end
`,
});

export const unsupportedOperator = rule<{ readonly operator: string }>({
  code: "syntax/unsupported-operator",
  severity: "error",
  summary: "An operator that does not exist here",
  message: ({ operator }) => `The operator \`${operator}\` does not exist here.`,
  help: () => "Call a function instead.",
  explanation: "Bit arithmetic and operators of libraries have no place among JSON values.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{bits: 1 ||| 2}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{bits: 1 + 2}}
  end
end
`,
});

export const unsupportedReceive = rule({
  code: "syntax/unsupported-receive",
  severity: "error",
  summary: "`receive`",
  message: () => "There are no processes here, so nothing can be received.",
  help: () => 'Wait for an event: `wait_for_event("name")`.',
  explanation: "An execution may live for months on any worker. What it waits for has to be durable, as events are.",
  bad: `workflow "w" do
  step :a, fn data ->
    receive do
      _ -> {:ok, data}
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    event = wait_for_event("paid", timeout: hours(1))
    {:ok, %{event: event}}
  end
end
`,
});

/** What the work of a process is done with here. */
const insteadOf: Readonly<Record<string, string>> = {
  send: 'Let the other execution `wait_for_event("name")`; the app sends it the event.',
  self: "Use `workflow_id()` for the execution's own id.",
  exit: "Return `{:error, reason}` or `raise` to fail.",
};

export const unsupportedProcess = rule<{ readonly word: string }>({
  code: "syntax/unsupported-process",
  severity: "error",
  summary: "Processes",
  message: ({ word }) => `There are no processes here, so no \`${word}\`.`,
  help: ({ word }) => insteadOf[word] ?? "Use a `parallel` block, or start another workflow with `start_workflow`.",
  explanation:
    "An execution may live for months on any worker; a process would not. Executions reach each other by events and by the workflows they call.",
  bad: `workflow "w" do
  step :a, fn data ->
    spawn(fn -> 1 end)
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const unsupportedMacro = rule<{ readonly word: string }>({
  code: "syntax/unsupported-macro",
  severity: "error",
  summary: "Macros",
  message: ({ word }) => `There are no macros here, so no \`${word}\`.`,
  help: () => "Write a function.",
  explanation: "A program means what stands there; nothing rewrites it.",
  bad: `workflow "w" do
  step :a, fn data ->
    quote do
      1
    end
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const unsupportedProtocol = rule<{ readonly word: string }>({
  code: "syntax/unsupported-protocol",
  severity: "error",
  summary: "Protocols and their implementations",
  message: ({ word }) => `There are no protocols here, so no \`${word}\`.`,
  help: () => "Write a function with a clause for each shape of value.",
  explanation: "Protocols choose by struct, and structs do not exist here.",
  bad: `defprotocol Size do
  1
end

workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, data}
  end
end
`,
});

export const unsupportedCatch = rule({
  code: "syntax/unsupported-catch",
  severity: "error",
  summary: "`catch`",
  message: () => "Nothing is thrown here, so there is nothing to `catch`.",
  help: () => "Use `rescue` for errors.",
  explanation: "Errors are raised and rescued; there are no throws and exits.",
  bad: `workflow "w" do
  step :a, fn data ->
    try do
      {:ok, data}
    catch
      _ -> {:ok, data}
    end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    try do
      {:ok, data}
    rescue
      _ -> {:ok, data}
    end
  end
end
`,
});
