/** What is wrong with a definition, a workflow or a part of one. */
import { rule } from "../diagnostic.ts";

const nouns: Readonly<Record<string, string>> = { compensate: "compensation" };

function nounOf(word: string): string {
  return nouns[word] ?? word;
}

export const malformed = rule<{ readonly form: string; readonly usage: string }>({
  code: "syntax/malformed",
  severity: "error",
  summary: "A `case`, `if`, `with`, … written otherwise",
  message: ({ form }) => `This \`${form}\` has too little or too much to be read.`,
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

export const bodyParameters = rule<{ readonly what: string; readonly given: number; readonly wanted: string }>({
  code: "syntax/body-parameters",
  severity: "error",
  summary: "The function of a step takes something else than the data",
  message: ({ what, given, wanted }) =>
    `${what} is given ${wanted}, but takes ${given} parameter${given === 1 ? "" : "s"} here.`,
  help: ({ wanted }) =>
    wanted === "the data" ? "Write `fn data -> … end`, or `fn _data -> … end`." : "Write `fn data, results -> … end`.",
  explanation:
    "Steps, decisions, compensations and conditions are functions of the data; `into:` is one of the data and the results.",
  bad: `workflow "w" do
  step :a, fn data, other -> {:ok, %{data: data, other: other}} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, %{data: data}} end
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
  message: () => "This line cannot be read.",
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
