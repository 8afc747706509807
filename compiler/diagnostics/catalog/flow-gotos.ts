/** Where a goto may lead. */
import { rule } from "../diagnostic.ts";

export const gotoUnknown = rule<{ target: string | null; suggestion: string | null }>({
  code: "flow/goto-unknown",
  severity: "error",
  summary: "A goto names a step that does not exist, or that is not written out.",
  message: ({ target }) =>
    target === null ? "The target of a goto has to be written out." : `There is no step \`:${target}\` to go to.`,
  help: ({ suggestion }) =>
    suggestion === null
      ? "Name a later step of this block, or of a block around it: `{:goto, :step, data}`."
      : `Did you mean \`:${suggestion}\`?`,
  explanation: "A goto leads to a later step of the same block or of an enclosing one.",
  bad: `workflow "w" do
  decision :a, fn data -> {:goto, :finnish, data} end
  step :b, fn data -> {:ok, data} end
  step :finish, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  decision :a, fn data ->
    if data.skip, do: {:goto, :finish, data}, else: {:ok, data}
  end
  step :b, fn data -> {:ok, data} end
  step :finish, fn data -> {:ok, data} end
end
`,
});

export const gotoBackward = rule<{ target: string }>({
  code: "flow/goto-backward",
  severity: "error",
  summary: "A goto leads to an earlier step.",
  message: ({ target }) => `The step \`:${target}\` comes earlier; a goto leads forward only.`,
  help: () =>
    "To repeat work, use a loop inside one step, `retry:`, or a child workflow that calls itself on a condition.",
  explanation: "Forward only means that every workflow ends, and that each step runs at most once in an execution.",
  bad: `workflow "w" do
  step :a, fn data -> {:ok, data} end
  decision :b, fn data -> {:goto, :a, data} end
end
`,
  good: `workflow "w" do
  decision :b, fn data -> {:goto, :a, data} end
  step :a, fn data -> {:ok, data} end
end
`,
});

export const gotoSelf = rule<{ target: string }>({
  code: "flow/goto-self",
  severity: "error",
  summary: "A goto leads to the step it stands in.",
  message: ({ target }) => `\`:${target}\` is this step itself; a goto leads forward only.`,
  help: () => "To try again, return `{:error, reason}` and give the step `retry:`.",
  explanation: "Forward only means that every workflow ends, and that each step runs at most once in an execution.",
  bad: `workflow "w" do
  decision :a, fn data -> {:goto, :a, data} end
end
`,
  good: `workflow "w" do
  step :a, [retry: [max_attempts: 3]], fn data ->
    if data.ready, do: {:ok, data}, else: {:error, "not ready"}
  end
end
`,
});

export const gotoNotAllowed = rule<{ where: string }>({
  code: "flow/goto-not-allowed",
  severity: "error",
  summary: "A goto stands where it cannot leave from.",
  message: ({ where }) => `A goto cannot lead out of ${where}.`,
  help: () => "Return a value that says what to do, and put the goto into a decision that comes after.",
  explanation:
    "The branches of a parallel block are joined when all have ended, so none can leave on its own. In a helper, which step the goto belongs to would depend on the caller.",
  bad: `workflow "w" do
  parallel do
    step :a, fn data -> {:goto, :b, data} end
  end
  step :b, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  parallel do
    step :a, fn data -> {:ok, data} end
  end
  decision :choose, fn data -> {:goto, :b, data} end
  step :b, fn data -> {:ok, data} end
end
`,
});
