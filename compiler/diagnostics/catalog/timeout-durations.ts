/** The part of the family `timeout` that compares durations. */
import { rule } from "../diagnostic.ts";
import { durationText } from "../wording.ts";

const child = (ms: string) => `
defmodule Reminder do
  use Durable
  use Durable.Wait

  workflow "reminder" do
    step :rest, fn _data ->
      sleep(${ms})
      :ok
    end
  end
end
`;

const parent = (timeout: string) => `workflow "w" do
  step :remind, fn _data ->
    case call_workflow(Reminder, %{}, timeout: ${timeout}) do
      {:ok, :child_timeout} -> {:error, "too late"}
      {:ok, result} -> {:ok, %{reminder: result}}
      {:error, reason} -> {:error, reason}
    end
  end
end
`;

export const timeoutAlwaysExpires = rule<{ workflow: string; least: number; timeout: number }>({
  code: "timeout/always-expires",
  severity: "error",
  summary: "A child cannot end before the timeout of its call.",
  message: ({ workflow, least, timeout }) =>
    `"${workflow}" takes ${durationText(least)} at least, so the timeout of ${durationText(timeout)} is always over first.`,
  help: ({ least }) => `Give it more than ${durationText(least)}.`,
  explanation:
    "The compiler adds up the sleeps on each path through the child and the workflows it calls. When even the shortest path takes as long as the timeout, no result can ever arrive.",
  bad: `${parent("hours(1)")}${child("hours(2)")}`,
  good: `${parent("hours(3)")}${child("hours(2)")}`,
});

export const timeoutExceedsEnclosing = rule<{ timeout: number; limit: number; whose: string }>({
  code: "timeout/exceeds-enclosing",
  severity: "warning",
  summary: "A timeout is not shorter than the one around it.",
  message: ({ timeout, limit, whose }) =>
    `This timeout of ${durationText(timeout)} never ends: ${whose} own, ${durationText(limit)}, is over first.`,
  help: ({ limit }) => `Make it shorter than ${durationText(limit)}, or the other one longer.`,
  explanation:
    "The timeout of a step covers its whole attempt, waits included, and that of a workflow the whole execution. When they end first the attempt or the workflow fails, and what was to happen after the inner timeout does not.",
  bad: `workflow "w" do
  step :ask, [timeout: hours(1)], fn _data ->
    {:ok, %{answer: wait_for_event("answer", timeout: hours(2), timeout_value: :none)}}
  end
end
`,
  good: `workflow "w" do
  step :ask, [timeout: hours(2)], fn _data ->
    {:ok, %{answer: wait_for_event("answer", timeout: hours(1), timeout_value: :none)}}
  end
end
`,
});
