import { rule } from "../diagnostic.ts";

const child = `
defmodule Child do
  use Durable

  workflow "child" do
    step :b, fn _data -> :ok end
  end
end
`;

const whatRefsAre =
  "A ref names a child within its execution: the same ref always means the same child, however often the parent crashes or a step is retried. So two calls that are to have a child each need two refs.";

export const refCollision = rule<{ ref: string; isDefault: boolean; sameText: boolean }>({
  code: "ref/collision",
  severity: "error",
  summary: "Two calls in one execution mean the same child.",
  message: ({ ref, sameText }) =>
    sameText
      ? `This call runs twice in one execution, both times with the ref \`${ref}\`.`
      : `Another call in this execution already has the ref \`${ref}\`.`,
  help: ({ isDefault, sameText }) => {
    if (sameText) return 'Let the ref depend on an argument of the function: `ref: "charge_#{kind}"`.';
    return isDefault
      ? "The default is the name of the module: give this call a `ref:` of its own."
      : "Give this call a ref of its own: `ref: :another_name`.";
  },
  explanation: whatRefsAre,
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, _first} = start_workflow(Child, %{n: 1})
    {:ok, _second} = start_workflow(Child, %{n: 2})
    :ok
  end
end
${child}`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, _first} = start_workflow(Child, %{n: 1}, ref: :first)
    {:ok, _second} = start_workflow(Child, %{n: 2}, ref: :second)
    :ok
  end
end
${child}`,
});

export const refConstantInLoop = rule<{ ref: string }>({
  code: "ref/constant-in-loop",
  severity: "error",
  summary: "A call in a loop has the same ref every time.",
  message: ({ ref }) => `Every round of this loop means the same child, \`${ref}\`.`,
  help: () => 'Let the ref depend on the item: `ref: "item_#{item.id}"`.',
  explanation: whatRefsAre,
  bad: `workflow "w" do
  step :a, fn data ->
    Enum.each(data.items, fn item -> start_workflow(Child, %{item: item}) end)
    :ok
  end
end
${child}`,
  good: `workflow "w" do
  step :a, fn data ->
    Enum.each(data.items, fn item -> start_workflow(Child, %{item: item}, ref: "item_#{item}") end)
    :ok
  end
end
${child}`,
});

export const refUnstable = rule<{ source: string }>({
  code: "ref/unstable",
  severity: "error",
  summary: "A ref is computed from something that changes between attempts.",
  message: ({ source }) =>
    `\`${source}\` gives something else in every attempt, so a retry would start a second child.`,
  help: () => "Compute the ref from the data, or make the value in an earlier step and keep it in the data.",
  explanation: whatRefsAre,
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, _id} = start_workflow(Child, %{}, ref: "child_#{:rand.uniform(1000)}")
    :ok
  end
end
${child}`,
  good: `workflow "w" do
  step :a, fn data ->
    {:ok, _id} = start_workflow(Child, %{}, ref: "child_#{data.order_id}")
    :ok
  end
end
${child}`,
});

export const refInvalid = rule<{ why: string }>({
  code: "ref/invalid",
  severity: "error",
  summary: "A ref is not an atom or a text of 1 to 200 characters.",
  message: ({ why }) => `A ref is an atom or a text of 1 to 200 characters, but this is ${why}.`,
  help: () => "Write a name, such as `ref: :payment`.",
  explanation: whatRefsAre,
  bad: `workflow "w" do
  step :a, fn _data ->
    {:ok, _id} = start_workflow(Child, %{}, ref: 42)
    :ok
  end
end
${child}`,
  good: `workflow "w" do
  step :a, fn _data ->
    {:ok, _id} = start_workflow(Child, %{}, ref: :child_42)
    :ok
  end
end
${child}`,
});
