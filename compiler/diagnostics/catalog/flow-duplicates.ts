/** What is declared twice. */
import { rule } from "../diagnostic.ts";

interface Named {
  readonly name: string;
}

const distinctNames =
  "Names are how history, gotos, compensations and the states of running executions refer to things, so each means one thing.";

export const duplicateModule = rule<Named>({
  code: "flow/duplicate-module",
  severity: "error",
  summary: "Two modules of the build have one name.",
  message: ({ name }) => `The module \`${name}\` is defined twice.`,
  help: () => "Rename one of them, or move its content into the other.",
  explanation: "Modules of the project are found by name wherever they stand, so a name can mean one module only.",
  bad: `defmodule A do
  use Durable
end

defmodule A do
  use Durable
end
`,
  good: `defmodule A do
  use Durable
end

defmodule B do
  use Durable
end
`,
});

export const duplicateWorkflow = rule<Named>({
  code: "flow/duplicate-workflow",
  severity: "error",
  summary: "Two workflows of a module have one name.",
  message: ({ name }) => `The workflow "${name}" is defined twice in this module.`,
  help: () => "Give one of them another name.",
  explanation: distinctNames,
  bad: `workflow "w" do
  step :a, fn data -> {:ok, data} end
end

workflow "w" do
  step :b, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, data} end
end

workflow "v" do
  step :b, fn data -> {:ok, data} end
end
`,
});

export const duplicateConstant = rule<Named>({
  code: "flow/duplicate-constant",
  severity: "error",
  summary: "Two constants of a module have one name.",
  message: ({ name }) => `The constant \`@${name}\` is defined twice in this module.`,
  help: () => "Give one of them another name.",
  explanation: "A constant has one value, wherever in the module it is used.",
  bad: `defmodule A do
  use Durable
  @limit 10
  @limit 20

  def limit(), do: @limit
end
`,
  good: `defmodule A do
  use Durable
  @limit 10
  @upper_limit 20

  def limits(), do: {@limit, @upper_limit}
end
`,
});

export const duplicateStep = rule<Named>({
  code: "flow/duplicate-step",
  severity: "error",
  summary: "Two steps of a block have one name.",
  message: ({ name }) => `There are two steps \`:${name}\` in this block.`,
  help: () => "Give one of them another name.",
  explanation: distinctNames,
  bad: `workflow "w" do
  step :a, fn data -> {:ok, data} end
  step :a, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :a, fn data -> {:ok, data} end
  step :b, fn data -> {:ok, data} end
end
`,
});

export const duplicateCompensation = rule<Named>({
  code: "flow/duplicate-compensation",
  severity: "error",
  summary: "Two compensations of a workflow have one name.",
  message: ({ name }) => `There are two compensations \`:${name}\` in this workflow.`,
  help: () => "Give one of them another name.",
  explanation: distinctNames,
  bad: `workflow "w" do
  step :a, [compensate: :undo], fn data -> {:ok, data} end
  compensate :undo, fn data -> {:ok, data} end
  compensate :undo, fn data -> {:ok, data} end
end
`,
  good: `workflow "w" do
  step :a, [compensate: :undo], fn data -> {:ok, data} end
  compensate :undo, fn data -> {:ok, data} end
end
`,
});

export const duplicateReturns = rule<Named>({
  code: "flow/duplicate-returns",
  severity: "error",
  summary: "Two branches of a parallel block give their result the same key.",
  message: ({ name }) => `Two branches of this block return their result as \`${name}\`.`,
  help: () => "Give one of them another key with `returns:`.",
  explanation:
    "The results of a parallel block are a map with one key for each branch: its `returns:`, or else its name.",
  bad: `workflow "w" do
  parallel do
    step :a, [returns: :x], fn data -> {:ok, data} end
    step :b, [returns: :x], fn data -> {:ok, data} end
  end
end
`,
  good: `workflow "w" do
  parallel do
    step :a, [returns: :x], fn data -> {:ok, data} end
    step :b, [returns: :y], fn data -> {:ok, data} end
  end
end
`,
});
