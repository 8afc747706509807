# Records what Elixir's formatter makes of every case and of every `.durable` file of the repository, as recorded.json.
# Run from anywhere with Elixir 1.14:
#
#     elixir test/format/elixir/record.exs && npx biome format --write test/format/elixir/recorded.json
#
# The tests read the recording only. Files are recorded as hashes, of the source and of what it becomes at several line
# lengths: they change often, and a file that has changed since is compared again after the next recording.

defmodule Recorder do
  @root Path.expand("../../..", __DIR__)
  @cases Path.expand("../cases", __DIR__)
  @lengths [98, 40]
  @words Enum.map(~w(workflow step decision branch parallel compensate)a, &{&1, :*})

  def run do
    cases = @cases |> Path.join("*.txt") |> Path.wildcard() |> Enum.sort() |> Enum.flat_map(&cases/1)
    {paths, 0} = System.cmd("git", ["ls-files", "*.durable"], cd: @root)
    files = paths |> String.split("\n", trim: true) |> Enum.flat_map(&file/1)

    text = """
    {
      "cases": [
    #{Enum.join(cases, ",\n")}
      ],
      "files": [
    #{Enum.join(files, ",\n")}
      ]
    }
    """

    __DIR__ |> Path.join("recorded.json") |> File.write!(text)
    IO.puts("#{length(cases)} cases, #{length(files)} files")
  end

  defp cases(path) do
    name = Path.basename(path)
    [_ | parts] = path |> File.read!() |> String.split(String.duplicate("=", 72) <> "\n")

    for [title, body] <- Enum.chunk_every(parts, 2) do
      [before | _] = String.split(body, "\n---\n")
      formatted = name |> whole(before) |> format(98)
      ~s(    {"file": #{json(name)}, "title": #{json(String.trim(title))}, "formatted": #{json(formatted)}})
    end
  end

  # As wholeOf in ../cases.ts.
  defp whole("expressions" <> _, source), do: "def f(data) do\n#{source}\nend\n"
  defp whole(_, source), do: source <> "\n"

  # What Elixir cannot read is a case of what we cannot read either.
  defp file(path) do
    source = @root |> Path.join(path) |> File.read!()
    hashes = for length <- @lengths, do: ~s("#{length}": "#{source |> format(length) |> hash()}")
    [~s(    {"path": #{json(path)}, "source": "#{hash(source)}", "formatted": {#{Enum.join(hashes, ", ")}}})]
  rescue
    _ -> []
  end

  defp format(source, length) do
    IO.iodata_to_binary([Code.format_string!(source, locals_without_parens: @words, line_length: length), "\n"])
  end

  defp hash(text), do: :sha256 |> :crypto.hash(text) |> Base.encode16(case: :lower) |> binary_part(0, 16)

  defp json(text) do
    escaped =
      for <<character::utf8 <- text>>, into: "" do
        case character do
          ?" -> "\\\""
          ?\\ -> "\\\\"
          ?\n -> "\\n"
          ?\t -> "\\t"
          other -> <<other::utf8>>
        end
      end

    "\"" <> escaped <> "\""
  end
end

Recorder.run()
