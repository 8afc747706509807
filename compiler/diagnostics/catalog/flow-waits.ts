/** The part of the family `flow` that is about waiting. */
import { rule } from "../diagnostic.ts";
import { byWayOf } from "../wording.ts";

const payment = (body: string) => `
defmodule Payment do
  use Durable
  use Durable.Wait

  workflow "payment" do
    step :pay, fn _data ->
      ${body}
    end
  end
end
`;

export const waitsInParallel = rule<{ wait: string; by: readonly string[] }>({
  code: "flow/waits-in-parallel",
  severity: "error",
  summary: "A branch of an inline parallel block waits.",
  message: ({ wait, by }) =>
    `This branch waits in \`${wait}\`${byWayOf(by)}, but branches that run inline cannot wait.`,
  help: () => "Write `parallel run: :queued do`: each branch is then an execution of its own, which may wait.",
  explanation:
    "The branches of a parallel block run side by side in one worker, and the workflows they call run with them. Nothing there can be put aside until an event comes or time has passed. With `run: :queued` each branch is an execution of its own, which may wait and call freely.",
  bad: `workflow "w" do
  parallel do
    step :pay, fn _data ->
      case call_workflow(Payment, %{}, timeout: :infinity) do
        {:ok, paid} -> {:ok, paid}
        {:error, reason} -> {:error, reason}
      end
    end
  end
end
${payment('{:ok, %{receipt: wait_for_event("paid", timeout: hours(1))}}')}`,
  good: `workflow "w" do
  parallel run: :queued do
    step :pay, fn _data ->
      case call_workflow(Payment, %{}, timeout: :infinity) do
        {:ok, paid} -> {:ok, paid}
        {:error, reason} -> {:error, reason}
      end
    end
  end
end
${payment('{:ok, %{receipt: wait_for_event("paid", timeout: hours(1))}}')}`,
});

export const ambiguousWait = rule<{ event: string }>({
  code: "flow/ambiguous-wait",
  severity: "error",
  summary: "Two branches of a queued parallel block wait for one event.",
  message: ({ event }) =>
    `Another branch of this block waits for \`${event}\` too, so it is left to chance who gets it.`,
  help: () => "Give the two events different names, or wait once, before the block.",
  explanation:
    "An event is sent to the workflow, not to one of its branches, and the first wait that asks for its name consumes it.",
  bad: `workflow "w" do
  parallel run: :queued do
    step :a, fn _data -> {:ok, %{x: wait_for_event("done", timeout: hours(1))}} end
    step :b, fn _data -> {:ok, %{y: wait_for_event("done", timeout: hours(1))}} end
  end
end
`,
  good: `workflow "w" do
  parallel run: :queued do
    step :a, fn _data -> {:ok, %{x: wait_for_event("a_done", timeout: hours(1))}} end
    step :b, fn _data -> {:ok, %{y: wait_for_event("b_done", timeout: hours(1))}} end
  end
end
`,
});

const counts = (body: string) => `defmodule Countdown do
  use Durable
  use Durable.Orchestration

  workflow "countdown" do
    step :next, fn data ->
      ${body}
    end
  end
end
`;

export const endlessRecursion = rule<{ name: string; isDirect: boolean }>({
  code: "flow/endless-recursion",
  severity: "error",
  summary: "A workflow calls itself on every path.",
  message: ({ name, isDirect }) =>
    `"${name}" calls itself here${isDirect ? "" : ", by way of others,"} whichever way it takes, so it never ends.`,
  help: () => "Make the call depend on a condition that some time no longer holds.",
  explanation:
    "A workflow may call itself to go on with what is left, but on some path it has to stop. Otherwise each execution starts another one, for ever.",
  bad: counts("call_workflow(Countdown, %{n: data.n - 1}, timeout: :infinity)"),
  good: counts("if data.n > 0, do: call_workflow(Countdown, %{n: data.n - 1}, timeout: :infinity), else: {:ok, data}"),
});

/** Functions of which each calls the next one twice. */
const doubling = (depth: number) =>
  Array.from({ length: depth }, (_, i) => `  defp ask_${i}(n), do: ask_${i + 1}(n) + ask_${i + 1}(n)`).join("\n");

const asking = (body: string) => `
defmodule Survey do
  use Durable
  use Durable.Wait

  workflow "survey" do
    step :ask, fn _data -> {:ok, %{sum: ask_0(1)}} end
  end

${body}
end
`;

export const tooManyStates = rule<{ step: string; most: number }>({
  code: "flow/too-many-states",
  severity: "error",
  summary: "A step waits in more places than it can be split at.",
  message: ({ step, most }) => `The step \`${step}\` would become more than ${most} states.`,
  help: () => "Write what is repeated as a `for`, or make several steps of it.",
  explanation:
    "Every place where a step waits, or where paths meet again after a wait, is a state. A function that waits is written out wherever it is called, so functions that call such functions several times multiply. A loop is one state, however often it goes round.",
  bad: asking(`${doubling(8)}
  defp ask_8(n), do: wait_for_event("answer_#{n}", timeout: :infinity)`),
  good: asking(`  defp ask_0(count) do
    Enum.sum(for n <- 1..count, do: wait_for_event("answer_#{n}", timeout: :infinity))
  end`),
});
