import type { Span } from "../../source/source.ts";
import { type Fix, rule } from "../diagnostic.ts";

/** "did you mean" as the end of a help text, when a name is near. */
export interface Suggestion {
  readonly suggestion: string | null;
}

function didYouMean({ suggestion }: Suggestion, otherwise: string): string {
  return suggestion === null ? otherwise : `Did you mean \`${suggestion}\`?`;
}

/** Puts the suggestion in the place of the name; a guess, so never unasked. */
function replacement({ suggestion }: Suggestion, span: Span): Fix | null {
  if (suggestion === null) return null;
  const text = suggestion.split(".").at(-1) ?? suggestion;
  return { title: `Write \`${suggestion}\``, edits: [{ span, text }], safe: false };
}

export const unknownVariable = rule<{ name: string; isFunction: boolean } & Suggestion>({
  code: "name/unknown-variable",
  severity: "error",
  summary: "A variable is read that nothing has bound.",
  message: ({ name }) => `There is no variable \`${name}\` here.`,
  help: (params) =>
    params.isFunction
      ? `\`${params.name}\` is a function: write \`${params.name}()\` to call it.`
      : didYouMean(
          params,
          "Bind it first, or check its spelling. What is bound inside an arm of a `case` or `if` stays in it.",
        ),
  fix: replacement,
  explanation:
    "A name means the value that was last bound to it above. What is bound inside an arm, a loop or a function is gone when that ends, as in Elixir.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, %{total: totl(data) + amount}}
  end
end

defp totl(_data), do: 1
`,
  good: `workflow "w" do
  step :a, fn data ->
    amount = 2
    {:ok, %{total: totl(data) + amount}}
  end
end

defp totl(_data), do: 1
`,
});

export const unknownConstant = rule<{ name: string } & Suggestion>({
  code: "name/unknown-constant",
  severity: "error",
  summary: "A module constant is used that the module does not define.",
  message: ({ name }) => `The constant \`@${name}\` is not defined in this module.`,
  help: (params) => didYouMean(params, `Define it at the top of the module: \`@${params.name} value\`.`),
  explanation: "Constants belong to the module that defines them and are not visible in others.",
  bad: `workflow "w" do
  step :a, fn _data -> {:ok, %{limit: @limit}} end
end
`,
  good: `@limit 10

workflow "w" do
  step :a, fn _data -> {:ok, %{limit: @limit}} end
end
`,
});

export const unknownFunction = rule<{ name: string; help: string | null } & Suggestion>({
  code: "name/unknown-function",
  severity: "error",
  summary: "A function is called that does not exist.",
  message: ({ name }) => `There is no function \`${name}\`.`,
  help: (params) => params.help ?? didYouMean(params, "Check its name and the module it belongs to."),
  fix: replacement,
  explanation:
    "A call without a module means a function of this module, of `Kernel`, or of a module that is brought in with `use`. A call with a module means a public function of that module.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, %{n: Enum.cuont(data.items)}} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, %{n: Enum.count(data.items)}} end
end
`,
});

export const unknownModule = rule<{ name: string } & Suggestion>({
  code: "name/unknown-module",
  severity: "error",
  summary: "A module is named that is neither in the project, nor built in, nor declared as TypeScript.",
  message: ({ name }) => `There is no module \`${name}\`.`,
  help: (params) =>
    didYouMean(
      params,
      params.name.startsWith(":")
        ? "Of Erlang's modules there are `:math`, `:rand` and `:crypto`. What they lack, TypeScript of your app can do."
        : `If it is TypeScript of your app, declare it: \`import ${params.name}, from: "./path"\`, or \`"modules": { "${params.name}": "./path.ts" }\` in durable.config.json. If it is a workflow module, add its file to what is compiled.`,
    ),
  explanation:
    "Modules of the project are found by name in all sources of the build. TypeScript modules have to be declared; nothing else of JavaScript can be reached.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, %{sent: Mailer.deliver(data.email)}} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, %{name: String.upcase(data.name)}} end
end
`,
});

export const computedModule = rule<{ function: string }>({
  code: "name/computed-module",
  severity: "error",
  summary: "The workflow to call is not named in the source.",
  message: (params) => `\`${params.function}\` needs the name of a module here, written out.`,
  help: (params) =>
    `Write the module itself, as in \`${params.function}(MyApp.Payment, input)\`. To choose among several, use a \`case\` with one call in each arm.`,
  explanation:
    "Which workflows call which is settled when the program is compiled; that is what lets the compiler check refs, timeouts and results.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, _id} = start_workflow(data.target, %{})
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, _id} = start_workflow(Child, %{})
    {:ok, data}
  end
end

defmodule Child do
  use Durable

  workflow "child" do
    step :b, fn _data -> :ok end
  end
end
`,
});

export const unknownWorkflow = rule<{ module: string; workflow: string | null } & Suggestion>({
  code: "name/unknown-workflow",
  severity: "error",
  summary: "A workflow is called that its module does not have.",
  message: ({ module, workflow }) =>
    workflow === null
      ? `The module \`${module}\` has no workflow.`
      : `The module \`${module}\` has no workflow "${workflow}".`,
  help: (params) =>
    didYouMean(params, "Name a module that defines a workflow; `workflow:` picks one of several by its name."),
  explanation:
    "`call_workflow` and `start_workflow` run the first workflow of a module, or the one that `workflow:` names.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, _id} = start_workflow(Child, %{}, workflow: "chidl")
    {:ok, data}
  end
end

defmodule Child do
  use Durable

  workflow "child" do
    step :b, fn _data -> :ok end
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, _id} = start_workflow(Child, %{}, workflow: "child")
    {:ok, data}
  end
end

defmodule Child do
  use Durable

  workflow "child" do
    step :b, fn _data -> :ok end
  end
end
`,
});

export const unknownOption = rule<{ name: string; owner: string; known: readonly string[] } & Suggestion>({
  code: "name/unknown-option",
  severity: "error",
  summary: "An option is given that nothing reads.",
  message: ({ name, owner }) => `${owner} has no option \`${name}:\`.`,
  help: (params) =>
    didYouMean(
      params,
      params.known.length === 0
        ? "Leave it out."
        : `It takes ${params.known.map((option) => `\`${option}:\``).join(", ")}.`,
    ),
  explanation: "An option that is not known would have no effect, and nobody would notice. So it is an error.",
  bad: `workflow "w" do
  step :a, [retyr: [max_attempts: 3]], fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :a, [retry: [max_attempts: 3]], fn data -> {:ok, data} end
end
`,
});

export const missingUse = rule<{
  name: string;
  module: string;
  /** Where the line can be put: the offset of a line's start, and the indentation of the lines around. */
  place: { readonly offset: number; readonly indentation: string };
}>({
  code: "name/missing-use",
  severity: "warning",
  summary: "A name is used whose `use` line is missing.",
  message: ({ name, module }) => `\`${name}\` comes from \`${module}\`, which this module does not use.`,
  help: ({ module }) => `Add the line \`use ${module}\` at the top of the module.`,
  fix: ({ module, place: { offset, indentation } }) => ({
    title: `Add \`use ${module}\``,
    edits: [{ span: { start: offset, end: offset }, text: `${indentation}use ${module}\n` }],
    safe: true,
  }),
  explanation:
    "The compiler knows what you mean and goes on. The line is what tells the next reader, and Elixir's own tools, where the name comes from.",
  bad: `defmodule Orders do
  use Durable

  workflow "w" do
    step :a, fn data -> {:ok, assign(data, :done, true)} end
  end
end
`,
  good: `defmodule Orders do
  use Durable
  use Durable.Helpers

  workflow "w" do
    step :a, fn data -> {:ok, assign(data, :done, true)} end
  end
end
`,
});

export const unusedVariable = rule<{ name: string }>({
  code: "name/unused-variable",
  severity: "warning",
  summary: "A variable is bound and never read.",
  message: ({ name }) => `The variable \`${name}\` is never read.`,
  help: ({ name }) => `Remove it, or write \`_${name}\` if it has to stand there.`,
  fix: ({ name }, { start }) => ({
    title: `Call it \`_${name}\``,
    edits: [{ span: { start, end: start }, text: "_" }],
    safe: true,
  }),
  explanation: "A value that nobody reads is often a slip: a misspelt name, or a result that was meant to be returned.",
  bad: `workflow "w" do
  step :a, fn data ->
    total = 3
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    _total = 3
    {:ok, data}
  end
end
`,
});

export const unusedFunction = rule<{ name: string; arity: number }>({
  code: "name/unused-function",
  severity: "warning",
  summary: "A private function is never called.",
  message: ({ name, arity }) => `The private function \`${name}/${arity}\` is never called.`,
  help: () => "Remove it, call it, or make it public with `def`.",
  explanation: "A private function can be called from its own module only. When nothing there does, it is dead.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, data} end
end

defp double(n), do: n * 2
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, %{n: double(data.n)}} end
end

defp double(n), do: n * 2
`,
});

export const foreignMissing = rule<{ name: string; specifier: string }>({
  code: "name/foreign-missing",
  severity: "error",
  summary: "A declared TypeScript module cannot be found.",
  message: ({ name, specifier }) =>
    `The TypeScript module \`${name}\` cannot be read: there is nothing at "${specifier}".`,
  help: () =>
    "Check the path: it is relative to this file, or to durable.config.json when it stands there. A package name must be installed.",
  explanation: "The types of a TypeScript module are read when the program is compiled, so the file has to be there.",
  bad: `import Mailer, from: "./no_such_file"

workflow "w" do
  step :a, fn data -> {:ok, %{sent: Mailer.deliver(data.email)}} end
end
`,
  good: `import Mailer, from: "./mailer"

workflow "w" do
  step :a, fn data -> {:ok, %{sent: Mailer.deliver(data.email)}} end
end
`,
});

export const foreignExportMissing = rule<{ module: string; name: string } & Suggestion>({
  code: "name/foreign-export-missing",
  severity: "error",
  summary: "A TypeScript module does not export the function that is called.",
  message: ({ module, name }) => `The TypeScript module \`${module}\` exports no function \`${name}\`.`,
  help: (params) => didYouMean(params, `Export it from the TypeScript, as \`${params.name}\` or in camelCase.`),
  explanation: "`Mailer.send_receipt(x)` calls the export `send_receipt` or, failing that, `sendReceipt`.",
  bad: `import Mailer, from: "./mailer"

workflow "w" do
  step :a, fn data -> {:ok, %{sent: Mailer.send_fax(data.email)}} end
end
`,
  good: `import Mailer, from: "./mailer"

workflow "w" do
  step :a, fn data -> {:ok, %{sent: Mailer.deliver(data.email)}} end
end
`,
});

export const foreignType = rule<{ name: string; type: string }>({
  code: "name/foreign-type",
  severity: "error",
  summary: "The result of a TypeScript function has no JSON form.",
  message: ({ name, type }) => `\`${name}\` gives \`${type}\`, which has no JSON form and so is no value here.`,
  help: () => "Return plain data from the TypeScript: texts, numbers, lists and objects.",
  explanation:
    "The values of a workflow are stored as JSON. A function, a bigint or a `Map` of JavaScript cannot be; it can only be passed over, by a call whose value nobody takes.",
  bad: `import Mailer, from: "./mailer"

workflow "w" do
  step :a, fn _data -> {:ok, %{headers: Mailer.headers()}} end
end
`,
  good: `import Mailer, from: "./mailer"

workflow "w" do
  step :a, fn _data ->
    Mailer.headers()
    {:ok, %{sent: Mailer.deliver("ada@example.com")}}
  end
end
`,
});

export const unknownEvent = rule<{ name: string; known: readonly string[]; suggestion: string | null }>({
  code: "name/unknown-event",
  severity: "error",
  summary: "A wait for an event that the workflow does not declare.",
  message: ({ name, known }) =>
    `The workflow declares no event \`${name}\`, only ${known.map((event) => `\`${event}\``).join(", ") || "none"}.`,
  help: (params) => didYouMean(params, `Add it to the workflow's \`events:\`, with the type of what it brings.`),
  explanation:
    "`events:` says what each event brings, so that what is sent can be checked. A workflow that has it declares all of its events.",
  bad: `workflow "w", events: %{paid: %{receipt: String.t()}} do
  step :a, fn _data ->
    case wait_for_event("payd", timeout: hours(1)) do
      nil -> {:error, "not paid"}
      payment -> {:ok, %{receipt: payment.receipt}}
    end
  end
end
`,
  good: `workflow "w", events: %{paid: %{receipt: String.t()}} do
  step :a, fn _data ->
    case wait_for_event("paid", timeout: hours(1)) do
      nil -> {:error, "not paid"}
      payment -> {:ok, %{receipt: payment.receipt}}
    end
  end
end
`,
});
