/** What is wrong with the text itself: characters, brackets, blocks. */
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

export const joined = rule<{ readonly left: string; readonly right: string }>({
  code: "syntax/missing-space",
  severity: "error",
  summary: "A number or word that runs into what follows",
  message: ({ left, right }) => `\`${left}\` runs into \`${right}\`.`,
  help: ({ left, right }) => `Write a space between them: \`${left} ${right}\`.`,
  explanation: "A name cannot begin with a digit or hold an `@`, so Elixir reads neither part of it.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, %{some: data[:size] == 1or data[:size] == 2}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, %{some: data[:size] == 1 or data[:size] == 2}}
  end
end
`,
});

export const tightKey = rule<{ readonly key: string }>({
  code: "syntax/key-without-space",
  severity: "error",
  summary: "A key without a space after its colon",
  message: ({ key }) => `\`${key}\` is not followed by a space.`,
  help: ({ key }) => `Write \`${key} value\`, with a space.`,
  fix: (_, { end }) => ({ title: "Add a space", edits: [{ span: { start: end, end }, text: " " }], safe: true }),
  explanation: "Without the space Elixir reads `key` and `:value`, a name and an atom.",
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, %{total:1}}
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
