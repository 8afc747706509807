/** What Elixir has and the language has not, each with what to write instead. */
import { rule } from "../diagnostic.ts";

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

export const unsupportedThrow = rule({
  code: "syntax/unsupported-throw",
  severity: "error",
  summary: "`throw`",
  message: () => "Nothing is thrown here: there is no `throw`.",
  help: () => "Leave a loop with `Enum.reduce_while`; fail with `raise` or `{:error, reason}`.",
  explanation:
    "A throw jumps out of any number of functions, and what it leaves behind could not be told from the source.",
  bad: `workflow "w" do
  step :a, fn data ->
    throw(:stop)
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:error, :stop}
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
