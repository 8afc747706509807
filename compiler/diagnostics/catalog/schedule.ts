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

const daily = (options: string) => `@schedule ${options}
workflow "report" do
  step :a, fn data -> {:ok, data} end
end
`;

export const invalidCron = rule<{ why: string }>({
  code: "schedule/invalid-cron",
  severity: "error",
  summary: "A schedule's `cron:` is missing, or says no time.",
  message: ({ why }) => `This is no time to start at: ${why}.`,
  help: () => 'Write five fields, minute, hour, day, month and weekday: `cron: "0 9 * * MON-FRI"`.',
  explanation:
    "A pattern has five fields, separated by spaces: minute (0-59), hour (0-23), day of the month (1-31), month (1-12 or names), day of the week (0-7 or names). `*` is any, `*/5` every fifth, `1-5` a range, `1,3` a list, `L` the last day; `@hourly`, `@daily`, `@weekly` and `@monthly` are words for common ones.",
  bad: daily('cron: "61 9 * * *"'),
  good: daily('cron: "0 9 * * *"'),
});

export const unknownTimezone = rule<{ zone: string; suggestion: string | null }>({
  code: "schedule/unknown-timezone",
  severity: "error",
  summary: "A schedule's `timezone:` does not exist.",
  message: ({ zone }) => `There is no time zone "${zone}".`,
  help: ({ suggestion }) =>
    suggestion === null ? 'Use a name of the tz database, such as "Europe/Berlin".' : `Did you mean "${suggestion}"?`,
  explanation:
    "Time zones go by their names in the tz database, which know when summer time begins and ends. Without `timezone:` a schedule is in UTC.",
  bad: daily('cron: "0 9 * * *", timezone: "Europe/Berln"'),
  good: daily('cron: "0 9 * * *", timezone: "Europe/Berlin"'),
});
