/**
 * Small projects for the property of incremental compilation: files that use each other in every way there is, each in
 * many versions. A version is picked by numbers, so that a shrunk counterexample is still a project.
 */

/** Picks one of the texts by the next number of a version. */
type Pick = (...texts: readonly string[]) => string;

export interface Version {
  /** Name of a template. */
  readonly file: string;
  readonly picks: readonly number[];
  /** Where the text is cut off, in hundredths of its length; 100 for the whole of it. */
  readonly cut: number;
}

export function textOf({ file, picks, cut }: Version): string {
  let next = 0;
  const pick: Pick = (...texts) => {
    const index = picks[next % picks.length]! % texts.length;
    next += 1;
    return texts[index]!;
  };
  const text = templates[file]!(pick);
  return text.slice(0, Math.ceil((text.length * cut) / 100));
}

const uses = `use Durable
  use Durable.Context
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait
`;

export const templates: { readonly [path: string]: (pick: Pick) => string } = {
  "shared.durable": (
    pick,
  ) => `${pick("", "\n\n", "# A line more\n")}defmodule ${pick("Shared", "Shared", "Shared", "Renamed")} do
  ${uses}
  @limit ${pick("5", "nil", ":many")}
  @type order :: %{id: ${pick("String.t()", "integer()", "unknown()")}, sums: list(${pick("number()", "Types.sum()")})}

  ${pick("@spec total(list(number())) :: number()", "@spec total(list(number())) :: String.t()", "")}
  ${pick("def", "def", "defp")} total(sums), do: ${pick("Enum.sum(sums)", '"#{length(sums)}"', "Loop.down(sums)", "nil")}

  def kind(@limit), do: :limit
  def kind(${pick("_n", "n", ":a", "%{x: n}")}), do: ${pick(":other", "Child.unknown()", "@limit")}

  def through(x), do: ${pick("x", "%{x: x}", "Loop.same(x)", "hidden(x)")}
  defp hidden(x), do: ${pick("[x]", "x", "Loop.through(x)")}

  def rest(name${pick("", ", extra \\\\ 1", ", extra")}) do
    ${pick('wait_for_event("e", timeout: hours(1))', "sleep(hours(2))", "start_workflow(Child, %{}, ref: :same)", ":ok", "Loop.rest(name)")}
    ${pick("name", "{:ok, name}", "put_context(:rested, name)")}
  end

  def ask(n) do
    ${pick("call_workflow(Child, %{n: n}, timeout: minutes(5), timeout_value: :late)", "call_workflow(Child, %{n: n}, ref: :same)", "{:ok, %{done: n}}")}
  end
end
`,

  "types.durable": (pick) => `defmodule Types do
  ${pick("alias Shared, as: S", "alias Types, as: S", "")}
  @type sum :: ${pick("number()", "S.order()", "Types.other()", "String.t() | nil")}
  @type events :: %{e: ${pick("%{by: sum()}", "S.order()")}}
  @type other :: ${pick("integer()", "sum()", "missing()")}
end
`,

  "loop.durable": (pick) => `defmodule Loop do
  ${uses}
  def down(items), do: ${pick("Shared.total(items)", "length(items)", "Loop.up(items)")}
  def up(items), do: ${pick("down(items)", "Enum.count(items)", "[items]")}

  def rest(name) do
    ${pick("Shared.rest(name)", "sleep(minutes(1))", "nil")}
  end

  @spec least(list(Types.sum())) :: ${pick("Types.sum()", "Types.other()")}
  def least(sums), do: Enum.min(sums)

  def same(x), do: ${pick("x", "Shared.through(x)", "{x}", "Loop.same(x)")}

  ${pick("", "defp unused, do: 1", "# durable-ignore name/unused-function: one day\n  defp unused, do: 1")}
end
`,

  "child.durable": (pick) => `defmodule Child do
  ${uses}
  ${pick("", 'import Mailer, from: "./mailer"', 'import Mailer, from: "./none"')}

  workflow "child", input: ${pick("%{n: integer()}", "%{n: String.t()}", "Shared.order()", "map()")}${pick("", ", timeout: minutes(3)")} do
    step :work, fn data ->
      ${pick("sleep(minutes(1))", "sleep(minutes(10))", "Shared.rest(1)", "x = data.n", 'Mailer.deliver("a", "b")', "call_workflow(Parent, data)")}
      {:ok, ${pick("assign(data, :done, 1)", '%{done: "yes"}', "assign(data, :other, Shared.total([1]))", "data")}}
    end
  end

  ${pick("", 'workflow "second" do\n    step :one, fn data -> {:ok, data} end\n  end')}
end
`,

  "parent.durable": (pick) => `defmodule Parent do
  ${uses}
  workflow "parent", events: ${pick("%{e: %{by: String.t()}}", "Types.events()", "%{f: map()}")}, input: ${pick("Shared.order()", "%{id: String.t(), sums: list(number())}")} do
    step :first, fn data ->
      ${pick("answer = Shared.ask(1)", "answer = call_workflow(Child, %{n: 1}, timeout: minutes(5))", 'answer = call_workflow(Child, %{n: "1"}, workflow: "second")')}

      case answer do
        {:ok, :late} -> {:error, "late"}
        {:ok, %{done: done}} -> {:ok, assign(data, :done, done)}
        ${pick("{:error, reason} -> {:error, reason}", "_ -> {:ok, data}", "")}
      end
    end

    parallel ${pick("", "run: :queued ")}do
      step :left, fn data ->
        ${pick("Shared.total(data.sums)", "Shared.rest(data.id)", "Loop.rest(1)", "call_workflow(Child, %{n: 1})")}
        :ok
      end

      step :right, fn _data ->
        ${pick("nil", 'wait_for_event("e", timeout: hours(2))', "Shared.kind(:b)")}
        :ok
      end
    end

    step :last, [compensate: :undo], fn data ->
      ${pick("sum = Shared.total(data.sums)", "sum = data.done + 1", "sum = data.unknown")}
      Shared.rest(${pick("data.id", "1, 2", "")})
      least = Loop.least(data.sums)
      known = ${pick("Loop.same(data.id)", "Loop.same(data)", "Shared.through(1) + 1", "Shared.through(data.sums)")}
      {:ok, _id} = start_workflow(Child, %{n: ${pick("1", '"1"')}}, ref: :started)
      {:ok, %{sum: sum, least: least, known: known, kind: Shared.kind(${pick("1", ":zzz", '"text"')})}}
    end

    compensate :undo, fn data ->
      ${pick("Shared.total(data.sums)", "Loop.rest(data)", "nil")}
      :ok
    end
  end
end
`,

  "pass.durable": (pick) => `defmodule Pass do
  ${uses}
  workflow "pass", input: ${pick("%{n: integer()}", "Shared.order()")} do
    step :hand_on, fn data ->
      case call_workflow(${pick("Child", "Pass", "Child")}, %{n: 1}, ref: :inner) do
        {:ok, done} -> {:ok, ${pick("done", "%{inner: done}", "Loop.same(done)", "%{done: 1}")}}
        {:error, reason} -> {:error, reason}
      end
    end

    step :look, fn data ->
      ${pick("{:ok, data}", ":ok", "{:ok, %{all: data}}")}
    end
  end
end
`,

  "long.durable": (pick) => `defmodule Long do
  ${uses}
  @size ${pick("3", '"three"', "nil")}

  workflow "long", input: %{id: String.t(), kind: atom(), sums: list(number())} do
    step :start, fn data ->
      # Where it comes from.
      {:ok, %{from: ${pick('"shop"', '"web"', "1", "nil")}, size: @size}}
    end

    step :label, fn data ->
      name = data.from
      {:ok, data |> assign(:label, name) |> assign(:${pick("extra", "other")}, ${pick("1", "data", "fn x -> x end")})}
    end

    branch on: fn data -> ${pick("data.kind", "data.label", "data")} end do
      :big ->
        step :double, fn data ->
          sum = Enum.sum(data.sums)
          {:ok, %{sum: sum * 2, unused: 1}}
        end

        step :check, fn data ->
          if data.sum > 10, do: {:goto, :finish, data}, else: {:ok, data}
        end

      _ ->
        step :single, fn data ->
          put_context(:sum, Enum.sum(data.sums))
          ${pick(":ok", "{:ok, data}", "{:ok, %{copy: data}}")}
        end
    end

    step :wait, fn data ->
      answer = wait_for_event("go_#{data.id}", timeout: hours(1), timeout_value: ${pick(":late", "%{by: 1}", "data")})
      later = fn x -> x + data.sum end
      {:ok, %{answer: answer, later: ${pick("1", "later", "later.(2)")}}}
    end

    step :read, fn data ->
      by = data.answer${pick(".by", "", "[:by]")}
      text = "#{data.label}: #{data.from}"
      {:ok, %{by: by, text: text, missing: data.${pick("sum", "text_of", "never")}}}
    end

    parallel into: fn data, results -> {:ok, assign(data, :results, results.left)} end do
      step :left, fn data -> {:ok, %{part: ${pick("data.sum", "data.sums", "helper(data)")}}} end

      step :right, fn _data ->
        {:ok, %{part: helper(%{n: ${pick("1", '"one"')}})}}
      end
    end

    step :help, [compensate: :undo], fn %{from: from} = data ->
      made = helper(data)
      case from do
        "shop" -> {:ok, assign(data, :made, made)}
        ${pick("_ -> {:ok, %{made: %{n: 0}}}", "other -> {:error, other}", "_ -> {:ok, %{made: nil}}")}
      end
    end

    step :finish, fn data ->
      total = data.sum + data.made.n
      {:ok, delete_context(:unused) && data}
    end

    compensate :undo, fn data ->
      put_context(:undone, data.made)
      {:ok, data}
    end
  end

  defp helper(%{n: n}), do: %{n: n}
  defp helper(map), do: ${pick("%{n: map.sum}", "%{n: map.id}", "map.sum")}
end
`,

  "starter.durable": (pick) => `defmodule Starter do
  ${uses}
  workflow "starter" do
    step :go, fn data ->
      {:ok, id} = start_workflow(${pick("Child", "Pass")}, %{n: ${pick("1", '"1"')}}, ref: :${pick("a", "same")})
      done = call_workflow(${pick("Pass", "Child")}, %{n: 1})
      {:ok, %{id: id, done: done}}
    end
  end
end
`,

  "zz.durable": (pick) => `# ${pick("one", "another")}
${pick("", "defmodule Shared do\n  def total(x), do: x\nend", 'defmodule Child do\n  use Durable\n\n  workflow "child" do\n    step :s, fn data -> {:ok, data} end\n  end\nend', 'workflow "implicit" do\n  step :s, fn data -> {:ok, %{t: Shared.total([1]), k: Loop.up([1])}} end\nend', "")}
`,
};
