/** A module of workflows, one for each body, twice from one text: with waits, and with the answers in their place. */

export type Kind = "waiting" | "direct";

const answers: Readonly<Record<Kind, string>> = {
  waiting: "wait_for_event(name, timeout: :infinity)",
  direct: 'name <> "!"',
};

/** `waiting` waits for the event of the name, which is to be answered by the name and `!`; `direct` gives that at once. */
export function moduleOf(bodies: readonly string[], kind: Kind): string {
  return `
defmodule App.Split do
  use Durable
  use Durable.Context
  use Durable.Wait

  defp wait(text) do
    name = "e" <> text
    mark("wait for " <> name)
    ${answers[kind]}
  end

${functions}
${bodies.map(workflowOf).join("\n")}
end
`;
}

const functions = `
  defp mark(text), do: append_context(:marks, text)

  defp note(text) do
    mark("note " <> text)
    text
  end

  defp plain("a"), do: "plain a"
  defp plain(text) when text > "b", do: raise(ArgumentError, "plain " <> text)
  defp plain(text), do: note(text)

  defp tagged(text), do: if(String.contains?(text, "a"), do: {:ok, text}, else: {:error, text})

  defp ask(text) do
    first = wait(text)
    if first == "eb!", do: raise(first)
    first <> wait("2")
  end

  defp pick("a"), do: "picked"
  defp pick(text) when text > "b", do: wait(text)
  defp pick(text) do
    mark("pick " <> text)
    wait("p") <> wait("q")
  end

  defp guarded(text) do
    try do
      mark("guarded")
      raise wait(text)
    rescue
      e in RuntimeError -> note(e.message)
    after
      mark("after")
    end
  end

  defp again(text, more \\\\ "more"), do: ask(text) <> pick(more)

  defp both({first, second}), do: [wait(first), wait(second)] |> Enum.join("&")

  defp gather(list) do
    for text <- list, wait(text) != "eb!" do
      try do
        ask(text)
      rescue
        e -> e.message
      end
    end
  end
`;

function workflowOf(body: string, index: number): string {
  return `
  workflow "split_${index}" do
    step :run_${index}, fn data ->
      value =
        if true do
          ${body.replaceAll("\n", "\n          ")}
        end

      {:ok, %{value: value}}
    end
  end`;
}
