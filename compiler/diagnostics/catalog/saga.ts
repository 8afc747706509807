import { rule } from "../diagnostic.ts";
import { byWayOf } from "../wording.ts";

export const unknownCompensation = rule<{ name: string; suggestion: string | null }>({
  code: "saga/unknown-compensation",
  severity: "error",
  summary: "A step names a compensation that its workflow does not have.",
  message: ({ name }) => `This workflow has no compensation \`:${name}\`.`,
  help: ({ name, suggestion }) =>
    suggestion === null
      ? `Add \`compensate :${name}, fn data -> … end\` to the workflow.`
      : `Did you mean \`:${suggestion}\`?`,
  explanation:
    "When the workflow fails later, the compensations of the steps that were done run, newest first. A name that leads nowhere would leave its step undone.",
  bad: `workflow "w" do
  step :charge, [compensate: :refund], fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :charge, [compensate: :refund], fn data -> {:ok, data} end
  compensate :refund, fn data -> {:ok, data} end
end
`,
});

export const unusedCompensation = rule<{ name: string }>({
  code: "saga/unused-compensation",
  severity: "warning",
  summary: "No step names a compensation.",
  message: ({ name }) => `The compensation \`:${name}\` undoes nothing: no step names it.`,
  help: ({ name }) => `Give the step that it undoes the option \`compensate: :${name}\`, or remove it.`,
  explanation: "A compensation runs for the steps that name it, and for nothing else.",
  bad: `workflow "w" do
  step :charge, fn data -> {:ok, data} end
  compensate :refund, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :charge, [compensate: :refund], fn data -> {:ok, data} end
  compensate :refund, fn data -> {:ok, data} end
end
`,
});

export const compensationSuspends = rule<{ name: string; wait: string; by: readonly string[] }>({
  code: "saga/suspends",
  severity: "error",
  summary: "A compensation waits.",
  message: ({ name, wait, by }) => `The compensation \`:${name}\` waits in \`${wait}\`${byWayOf(by)}.`,
  help: () => "Do what has to be done at once, or start a workflow for it with `start_workflow`.",
  explanation:
    "Compensations undo a workflow that has failed, one after the other, each in one go. What takes longer can be started as a workflow of its own.",
  bad: `workflow "w" do
  step :charge, [compensate: :refund], fn data -> {:ok, data} end

  compensate :refund, fn data ->
    sleep(minutes(5))
    {:ok, data}
  end
end
`,
  good: `workflow "w" do
  step :charge, [compensate: :refund], fn data -> {:ok, data} end

  compensate :refund, fn data ->
    {:ok, _id} = start_workflow(Refund, data)
    {:ok, data}
  end
end

defmodule Refund do
  use Durable
  use Durable.Wait

  workflow "refund" do
    step :wait, fn data ->
      sleep(minutes(5))
      {:ok, data}
    end
  end
end
`,
});
