/** What is wrong with how a workflow goes on. */
import { rule } from "../diagnostic.ts";

export const emptyParallel = rule({
  code: "flow/empty-parallel",
  severity: "error",
  summary: "A parallel block has no steps.",
  message: () => "This parallel block has no steps.",
  help: () => "Put at least one step into it, or remove it.",
  explanation: "A parallel block runs its steps side by side; without any there is nothing to join.",
  bad: `workflow "w" do
  parallel do
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

export const notAllowedHere = rule<{ what: string; where: string; help: string }>({
  code: "flow/not-allowed-here",
  severity: "error",
  summary: "Something stands where it has no meaning.",
  message: ({ what, where }) => `${what} cannot stand ${where}.`,
  help: ({ help }) => help,
  explanation:
    "Blocks nest freely inside the clauses of a branch. A parallel block holds plain steps, and compensations belong to the workflow itself.",
  bad: `workflow "w" do
  parallel do
    decision :a, fn data -> {:ok, data} end
  end
end
`,
  good: `workflow "w" do
  decision :a, fn data -> {:ok, data} end
end
`,
});

export const intoDecides = rule({
  code: "flow/into-decides",
  severity: "error",
  summary: "`into:` together with `on_error: :fail_fast`.",
  message: () =>
    "With `into:` the function decides what a failed branch means, so `on_error: :fail_fast` has no place.",
  help: () => "Remove `on_error:`; look at the `{:error, reason}` results in the function.",
  explanation:
    "`into:` sees the outcome of every branch. A block that stops at the first failure has no such outcomes to show.",
  bad: `workflow "w" do
  parallel on_error: :fail_fast, into: fn _data, results -> {:ok, %{all: results}} end do
    step :a, fn data -> {:ok, data} end
  end
end
`,
  good: `workflow "w" do
  parallel into: fn _data, results -> {:ok, %{all: results}} end do
    step :a, fn data -> {:ok, data} end
  end
end
`,
});

export const cannotSuspendHere = rule<{ what: string; where: string; instead: string }>({
  code: "flow/cannot-suspend-here",
  severity: "error",
  summary: "A wait stands where the body cannot be split.",
  message: ({ what, where }) => `\`${what}\` waits, and nothing can wait ${where}.`,
  help: ({ instead }) => instead,
  explanation:
    "A body is split into states at each wait. That needs a place in the body where execution can go on later: in a step, in the arms of its `case`, `if`, `cond` and `with`, in a `for` or in the function given to one of the `Enum` functions that the compiler knows as loops. A condition is computed in one go, a recursive function has no fixed number of states, and a function kept in a variable may be called from anywhere.",
  bad: `workflow "w" do
  branch on: fn _data -> wait_for_event("choice", timeout: hours(1)) end do
    _ ->
      step :a, fn data -> {:ok, data} end
  end
end
`,
  good: `workflow "w" do
  step :ask, fn data ->
    {:ok, assign(data, :choice, wait_for_event("choice", timeout: hours(1)))}
  end

  branch on: fn data -> data.choice end do
    _ ->
      step :a, fn data -> {:ok, data} end
  end
end
`,
});

export const branchNotCovered = rule<{ missing: string }>({
  code: "flow/branch-not-covered",
  severity: "warning",
  summary: "A branch has no clause for some value of its condition.",
  message: ({ missing }) => `No clause takes ${missing}.`,
  help: () => "Add a clause for it, or `_ ->` for everything else.",
  explanation:
    "When no clause matches, none of the steps in the branch run and the workflow goes on behind it. That is seldom meant.",
  bad: `workflow "w", input: %{kind: :a | :b} do
  branch on: fn data -> data.kind end do
    :a ->
      step :one, fn data -> {:ok, data} end
  end
end
`,
  good: `workflow "w", input: %{kind: :a | :b} do
  branch on: fn data -> data.kind end do
    :a ->
      step :one, fn data -> {:ok, data} end

    :b ->
      step :two, fn data -> {:ok, data} end
  end
end
`,
});

export const unreachable = rule<{ what: string; why: string }>({
  code: "flow/unreachable",
  severity: "warning",
  summary: "Something can never run.",
  message: ({ what, why }) => `${what} can never run: ${why}.`,
  help: () => "Remove it, or change what comes before it.",
  explanation:
    "Steps that every way leads past, and clauses of which earlier ones take every value, are dead; often they show that a condition says something else than was meant.",
  bad: `workflow "w" do
  decision :a, fn data -> {:goto, :c, data} end
  step :b, fn data -> {:ok, data} end
  step :c, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  decision :a, fn data -> if data.skip, do: {:goto, :c, data}, else: {:ok, data} end
  step :b, fn data -> {:ok, data} end
  step :c, fn data -> {:ok, data} end
end
`,
});

const callsChild = (body: string) => `workflow "w" do
  step :a, fn _data ->
    ${body}
  end
end

defmodule Child do
  use Durable

  workflow "child" do
    step :b, fn _data -> :ok end
  end
end
`;

export const childFailureUnhandled = rule({
  code: "flow/child-failure-unhandled",
  severity: "warning",
  summary: "A child that fails is not thought of.",
  message: () => "When the child fails this is `{:error, error}`, which nothing here takes.",
  help: () => "Use a `case` with a clause `{:error, reason} -> …`.",
  explanation:
    "A failed, cancelled or compensated child makes `call_workflow` give `{:error, error}`. A match on `{:ok, result}` alone then raises, and the step fails with a message that says little.",
  bad: callsChild(`{:ok, result} = call_workflow(Child, %{}, timeout: :infinity)
    {:ok, %{child: result}}`),
  good: callsChild(`case call_workflow(Child, %{}, timeout: :infinity) do
      {:ok, result} -> {:ok, %{child: result}}
      {:error, reason} -> {:error, reason}
    end`),
});

export const deleteHasNoEffect = rule<{ key: string }>({
  code: "flow/delete-has-no-effect",
  severity: "warning",
  summary: "A key is taken out of the returned data, which does not remove it.",
  message: ({ key }) => `Leaving ${key} out of what is returned does not remove it from the data.`,
  help: ({ key }) => `Call \`delete_context(${key})\` to remove it.`,
  explanation:
    "Data is cumulative: what a step returns is laid over the data so far, and keys it does not mention stay.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, delete(data, :secret)} end
end
`,
  good: `workflow "w" do
  step :a, fn _data -> delete_context(:secret) end
end
`,
});

export const foreignInFunction = rule<{ taker: string }>({
  code: "flow/foreign-in-function",
  severity: "error",
  summary: "A function that is passed on calls TypeScript.",
  message: ({ taker }) => `This function calls TypeScript, and ${taker} cannot wait for what it gives.`,
  help: () => "Compute the values first, with a `for` or `Enum.map`, and work on the results.",
  explanation:
    "A call of TypeScript may take time, and the code that makes it waits in the process. Steps, helpers, `for` and the functions given in place to `Enum.each`, `map`, `flat_map`, `filter`, `find` and `reduce/3` do; a function that is passed on as a value is called by code that does not.",
  bad: `defmodule App.Greetings do
  use Durable
  import Mailer, from: "./mailer"

  workflow "greet" do
    step :rank, fn data ->
      {:ok, %{ranked: Enum.sort_by(data["people"], fn to -> Mailer.deliver(to, "hello") end)}}
    end
  end
end
`,
  good: `defmodule App.Greetings do
  use Durable
  import Mailer, from: "./mailer"

  workflow "greet" do
    step :rank, fn data ->
      sent = for to <- data["people"], do: {Mailer.deliver(to, "hello"), to}
      {:ok, %{ranked: Enum.sort(sent)}}
    end
  end
end
`,
});
