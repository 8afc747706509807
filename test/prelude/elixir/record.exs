# Records what Elixir says to every case of cases/*.exs, as recorded/*.json. Run from anywhere with Elixir 1.14:
#
#     elixir test/prelude/elixir/record.exs
#
# The tests read the recordings only. Values are written as the language has them: atoms and dates as texts, tuples as
# lists, keys as texts. What `inspect` or a message says about atoms and tuples is left as Elixir says it.

defmodule Cases do
  @doc "Gives its argument back; the compiler does not know what it is."
  @spec unknown(any()) :: any()
  def unknown(value), do: value
end

defmodule Time.Units do
  def seconds(n), do: n * 1000
  def minutes(n), do: n * 60_000
  def hours(n), do: n * 3_600_000
  def days(n), do: n * 86_400_000
end

defmodule Json do
  def encode(value, indent \\ "")
  def encode(nil, _), do: "null"
  def encode(value, _) when is_boolean(value), do: to_string(value)
  def encode(value, _) when is_atom(value), do: value |> inspect() |> String.trim_leading(":") |> unquoted() |> text()
  def encode(value, _) when is_integer(value), do: Integer.to_string(value)
  def encode(value, _) when is_float(value), do: float(value)
  def encode(value, _) when is_binary(value), do: text(value)
  def encode(%Range{} = range, _), do: encode(Enum.to_list(range))
  def encode(%Date.Range{} = range, _), do: encode(Enum.to_list(range))
  def encode(%DateTime{} = value, _), do: text(DateTime.to_iso8601(value))
  def encode(%Date{} = value, _), do: text(Date.to_iso8601(value))
  def encode(%Time{} = value, _), do: text(Time.to_iso8601(value))
  def encode(%_{} = value, _), do: value |> Map.from_struct() |> encode()
  def encode(value, _) when is_tuple(value), do: value |> Tuple.to_list() |> encode()
  def encode(value, _) when is_list(value), do: "[" <> Enum.map_join(value, ", ", &encode/1) <> "]"

  def encode(value, _) when is_map(value) do
    value
    |> Enum.map(fn {key, value} -> {key_text(key), value} end)
    |> Enum.sort()
    |> Enum.map_join(", ", fn {key, value} -> text(key) <> ": " <> encode(value) end)
    |> then(&("{" <> &1 <> "}"))
  end

  defp unquoted(text), do: String.trim(text, "\"")

  defp float(value) when trunc(value) == value and abs(value) < 1.0e21, do: value |> trunc() |> Integer.to_string()
  defp float(value), do: Float.to_string(value)

  defp key_text(key) when is_binary(key), do: key
  defp key_text(key), do: key |> inspect() |> String.trim_leading(":") |> unquoted()

  defp text(value) do
    escaped =
      for <<character::utf8 <- value>>, into: "" do
        case character do
          ?" -> "\\\""
          ?\\ -> "\\\\"
          ?\n -> "\\n"
          c when c < 32 or c == 127 -> "\\u" <> (c |> Integer.to_string(16) |> String.pad_leading(4, "0"))
          c -> <<c::utf8>>
        end
      end

    "\"" <> escaped <> "\""
  end
end

defmodule Recorder do
  @continues ~r/^(\s|end|else|rescue|after|\)|\]|\}|\|>)/

  def run do
    folder = __DIR__
    File.mkdir_p!(Path.join(folder, "recorded"))

    for path <- folder |> Path.join("cases/*.exs") |> Path.wildcard() do
      entries = path |> File.read!() |> cases() |> Enum.map(&record/1)
      target = Path.join([folder, "recorded", Path.basename(path, ".exs") <> ".json"])
      File.write!(target, "[\n" <> Enum.join(entries, ",\n") <> "\n]\n")
      IO.puts("#{Path.basename(path)}: #{length(entries)}")
    end
  end

  # A case is a line and the lines that go on with it.
  defp cases(text) do
    text
    |> String.split("\n")
    |> Enum.reject(&(&1 == "" or String.starts_with?(&1, "#")))
    |> Enum.reduce([], fn line, cases ->
      if Regex.match?(@continues, line), do: [hd(cases) <> "\n" <> line | tl(cases)], else: [line | cases]
    end)
    |> Enum.reverse()
  end

  defp record(source) do
    ~s(  {"source": #{Json.encode(source)}, #{outcome(source)}})
  end

  # A module is a program of its own; anything else is an expression.
  defp program("defmodule" <> _ = source), do: source <> "\nProgram.run()"
  defp program(source), do: "import Cases\nimport Time.Units\n" <> source

  defp outcome(source) do
    {value, _} = Code.eval_string(program(source))
    ~s("value": #{Json.encode(value)})
  rescue
    error -> ~s("error": {"type": #{Json.encode(inspect(error.__struct__))}, "message": #{Json.encode(Exception.message(error))}})
  end
end

Code.compiler_options(ignore_module_conflict: true)
Recorder.run()
