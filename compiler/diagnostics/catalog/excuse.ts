/** The part of the family `syntax` that is about comments with a meaning. */
import { rule } from "../diagnostic.ts";

const waits = (comment: string) => `workflow "w" do
  step :a, fn _data ->
    ${comment}
    {:ok, %{answer: wait_for_event("answer", timeout: :infinity)}}
  end
end
`;

export const badIgnore = rule<{ why: string }>({
  code: "syntax/bad-ignore",
  severity: "warning",
  summary: "A `# durable-ignore` excuses nothing.",
  message: ({ why }) => `This excuses nothing: ${why.replace(/\?$/, "")}${why.endsWith("?") ? "?" : "."}`,
  help: () => "Remove it, or write `# durable-ignore code: reason` above the line that is warned of.",
  explanation:
    "`# durable-ignore timeout/missing: reason` above a line excuses that line from one kind of warning. The reason is for whoever reads it next. Errors cannot be excused.",
  bad: waits("# durable-ignore timeout/missing: the customer may take years"),
  good: waits("# the customer may take years"),
});
