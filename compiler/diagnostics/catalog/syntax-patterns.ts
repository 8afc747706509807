/** What is wrong with a pattern, or with the clauses around it. */
import { rule } from "../diagnostic.ts";

const heads: Readonly<Record<string, string>> = { cond: "condition", fn: "argument", rescue: "error" };

function clauseOf(form: string): string {
  return heads[form] ?? "pattern";
}

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

export const rangePattern = rule({
  code: "syntax/range-pattern",
  severity: "error",
  summary: "A range as a pattern",
  message: () => "A range cannot be taken apart: it is a list here, without a first and a last of its own.",
  help: () => "Match it as a list, `[first | _]`; whether a number lies in a range is a guard: `n when n in 1..9`.",
  explanation:
    "In Elixir a range is a value that knows its two ends. Here ranges are the lists of their numbers, as they are when stored.",
  bad: `def first_of(first.._last), do: first
`,
  good: `def first_of([first | _]), do: first
`,
});

export const severalGuards = rule({
  code: "syntax/several-guards",
  severity: "error",
  summary: "A second `when` after a guard",
  message: () => "A clause has one guard, and this is a second one.",
  help: () => "Write `or` in its place: one of the two has to hold.",
  explanation:
    "Elixir takes a row of `when` for alternatives. Here a guard is one expression, in which `or` says the same.",
  bad: `def size(n) when n > 100 when n < -100, do: :large
def size(_n), do: :small
`,
  good: `def size(n) when n > 100 or n < -100, do: :large
def size(_n), do: :small
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
