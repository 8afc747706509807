import { rule } from "../diagnostic.ts";

export const scheduleWithoutWorkflow = rule({
  code: "schedule/without-workflow",
  severity: "error",
  summary: "A schedule is not followed by a workflow.",
  message: () => "This schedule starts nothing: no workflow follows it.",
  help: () => "Put `@schedule …` directly before the workflow it is to start.",
  explanation: "A schedule belongs to the workflow that comes next in the same module.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, data} end
end

@schedule cron: "0 9 * * *"
`,
  good: `@schedule cron: "0 9 * * *"
workflow "w" do
  step :a, fn data -> {:ok, data} end
end
`,
});
