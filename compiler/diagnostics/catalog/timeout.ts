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
    "When its timeout is over, `call_workflow` gives `{:ok, timeout_value}`, which a clause `{:ok, result}` matches as well.",
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
