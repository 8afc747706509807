import { rule } from "../diagnostic.ts";

export const timeoutMissing = rule<{ function: string }>({
  code: "timeout/missing",
  severity: "warning",
  summary: "A call or wait has no timeout.",
  message: (params) => `\`${params.function}\` waits for ever when what it waits for never comes.`,
  help: () => "Add `timeout: hours(1)`, or `timeout: :infinity` if that is what you mean.",
  explanation:
    "A wait without an end is easily forgotten and hard to find later. Saying `:infinity` shows that it was meant.",
  bad: `workflow "w" do
  step :a, fn _data ->
    approval = wait_for_event("approved")
    {:ok, %{approval: approval}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    approval = wait_for_event("approved", timeout: hours(24))
    {:ok, %{approval: approval}}
  end
end
`,
});

export const timeoutInvalid = rule<{ what: string; why: string }>({
  code: "timeout/invalid",
  severity: "error",
  summary: "A timeout is not a positive whole number of milliseconds.",
  message: ({ what, why }) => `${what} is a positive whole number of milliseconds, but this is ${why}.`,
  help: () => "Write `seconds(30)`, `minutes(5)`, `hours(2)` or `days(1)`, or a plain number of milliseconds.",
  explanation:
    "Durations are milliseconds, up to 100 years. The words `seconds`, `minutes`, `hours` and `days` compute them.",
  bad: `workflow "w", timeout: -1 do
  step :a, fn data -> {:ok, data} end
end
`,
  good: `workflow "w", timeout: hours(2) do
  step :a, fn data -> {:ok, data} end
end
`,
});

export const timeoutUnhandled = rule<{ value: string }>({
  code: "timeout/unhandled",
  severity: "warning",
  summary: "A result is read that may be the value of a timeout.",
  message: ({ value }) => `After the timeout this is ${value}, which cannot be read like a result.`,
  help: ({ value }) => `Add a clause before it: \`{:ok, ${value}} -> …\`.`,
  explanation:
    "When its timeout is over, `call_workflow` gives `{:ok, timeout_value}`, which a clause `{:ok, result}` matches as well. A function that reads the result counts as reading it where it is called.",
  bad: `workflow "w" do
  step :a, fn _data ->
    case call_workflow(Child, %{}, timeout: hours(1)) do
      {:ok, result} -> {:ok, %{id: result["id"]}}
      {:error, reason} -> {:error, reason}
    end
  end
end

defmodule Child do
  use Durable
  use Durable.Context

  workflow "child" do
    step :b, fn _data -> put_context(:id, 1) end
  end
end
`,
  good: `workflow "w" do
  step :a, fn _data ->
    case call_workflow(Child, %{}, timeout: hours(1)) do
      {:ok, :child_timeout} -> {:error, "too late"}
      {:ok, result} -> {:ok, %{id: result["id"]}}
      {:error, reason} -> {:error, reason}
    end
  end
end

defmodule Child do
  use Durable
  use Durable.Context

  workflow "child" do
    step :b, fn _data -> put_context(:id, 1) end
  end
end
`,
});

export const timeoutOnStart = rule<{ option: string }>({
  code: "timeout/on-start",
  severity: "error",
  summary: "A timeout is given to `start_workflow`, which does not wait.",
  message: ({ option }) => `\`start_workflow\` does not wait, so \`${option}:\` has no meaning here.`,
  help: () => "Leave it out; to limit how long the child may take, give its workflow a `timeout:`.",
  explanation: "`start_workflow` goes on at once. The child's own workflow can have a `timeout:`.",
  bad: `workflow "w" do
  step :a, fn data ->
    {:ok, _id} = start_workflow(Child, %{}, timeout: hours(1))
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
    {:ok, _id} = start_workflow(Child, %{})
    {:ok, data}
  end
end

defmodule Child do
  use Durable

  workflow "child", timeout: hours(1) do
    step :b, fn _data -> :ok end
  end
end
`,
});

export const timeoutValueWithoutTimeout = rule({
  code: "timeout/value-without-timeout",
  severity: "error",
  summary: "`timeout_value:` is given, but no `timeout:`.",
  message: () => "There is no `timeout:`, so this value can never be given.",
  help: () => "Add `timeout: hours(1)`, or leave `timeout_value:` out.",
  explanation: "`timeout_value:` is what a wait gives when its timeout is over.",
  bad: `workflow "w" do
  step :a, fn _data -> {:ok, %{answer: wait_for_event("answer", timeout_value: :none)}} end
end
`,
  good: `workflow "w" do
  step :a, fn _data -> {:ok, %{answer: wait_for_event("answer", timeout: hours(1), timeout_value: :none)}} end
end
`,
});

const answered = (value: string) => `workflow "w" do
  step :a, fn data ->
    outcome = call_workflow(Child, data, timeout: hours(1), timeout_value: ${value})
    {:ok, %{outcome: outcome}}
  end
end

defmodule Child do
  use Durable

  workflow "child" do
    step :b, fn data -> {:ok, %{answer: data["x"]}} end
  end
end
`;

export const timeoutIndistinct = rule({
  code: "timeout/indistinct",
  severity: "warning",
  summary: "The value of a timeout looks like a result.",
  message: () => "A result of the child looks like this too, so nobody can tell that the timeout was over.",
  help: () => "Use an atom: `timeout_value: :too_late`.",
  explanation:
    "After the timeout `call_workflow` gives `{:ok, timeout_value}`, otherwise `{:ok, result}`, and a result is a map. A map as `timeout_value` is told apart only if it lacks a key that every result has.",
  bad: answered("%{answer: nil}"),
  good: answered(":too_late"),
});
