/** The part of the family `flow` that is about values: which can be kept, which are repeated. */
import { rule } from "../diagnostic.ts";

export const notSerializable = rule<{ what: string; why: string }>({
  code: "flow/not-serializable",
  severity: "error",
  summary: "A function is kept beyond the code that makes it.",
  message: ({ what, why }) => `${what} ${why}, and functions cannot be stored.`,
  help: () => "Keep the values that it needs instead, and write the function where it is used.",
  explanation:
    "Data, the inputs of workflows and what a body still needs after a wait are stored as JSON. A function has no such form.",
  bad: `workflow "w" do
  step :a, fn data ->
    discount = fn price -> price * data["factor"] end
    price = wait_for_event("price", timeout: hours(1))
    {:ok, %{price: discount.(price)}}
  end
end
`,
  good: `workflow "w" do
  step :a, fn data ->
    price = wait_for_event("price", timeout: hours(1))
    discount = fn price -> price * data["factor"] end
    {:ok, %{price: discount.(price)}}
  end
end
`,
});

const retried = (ref: string) => `workflow "w" do
  step :pay, [retry: [max_attempts: 3]], fn data ->
    case call_workflow(Payment, data, timeout: :infinity${ref}) do
      {:ok, paid} -> {:ok, paid}
      {:error, reason} -> {:error, reason}
    end
  end
end
`;

const payment = `
defmodule Payment do
  use Durable

  workflow "payment" do
    step :charge, fn _data -> {:ok, %{paid: true}} end
  end
end
`;

export const retrySameChild = rule<{ ref: string }>({
  code: "flow/retry-same-child",
  severity: "warning",
  summary: "A step is retried when a child has failed, and gets the same failed child every time.",
  message: ({ ref }) =>
    `Every attempt of this step means the same child, \`${ref}\`, so a retry gets the same failure.`,
  help: () => "Put `retry:` on the steps of the child, and leave it out here.",
  explanation:
    "A ref names a child within its execution: the same ref always means the same child, also when the step that calls it is tried again. A child that has failed stays failed.",
  bad: `${retried("")}${payment}`,
  good: `${retried("").replace(", [retry: [max_attempts: 3]]", "")}${payment.replace(":charge,", ":charge, [retry: [max_attempts: 3]],")}`,
});
