/** What is wrong with a literal: a number, a text, a date. */
import { rule } from "../diagnostic.ts";

export const heredocEnd = rule({
  code: "syntax/heredoc-end",
  severity: "error",
  summary: "A heredoc that ends on a line with its text",
  message: () => 'A heredoc ends with `"""` on a line of its own.',
  help: () => 'Move the `"""` to the next line.',
  explanation: "How far the closing delimiter is indented says how much of the indentation is no part of the text.",
  bad: `workflow "w" do
  step :a, fn _data ->
    text = """
    one
    two"""
    {:ok, %{text: text}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    text = """
    one
    two
    """
    {:ok, %{text: text}}
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
