/**
 * Where the language means something else than Elixir, by the case's text, each with its reason. The tests hold that these
 * do differ, so that an entry cannot outlive its reason.
 */
const ONE_NUMBER = "a number has no kind at run time: 1 and 1.0 are one value";
const TEXT_KEYS = "a key that is a number, boolean or nil becomes its text";
const NO_TIME = "there is no type for a time of day; it is a text";
const NO_CHARLIST = "there are no charlists";
const NO_NAME = "an anonymous function has another name";
const TUPLE_IS_LIST = "a tuple is a list, and shown as one";
const ATOM_IS_TEXT = "an atom is a text, and shown as one";
const RANGE_IS_LIST = "a range is the list of its numbers";

export const differences: { readonly [source: string]: string } = {
  "Enum.dedup([1, 2, 2, 3, 3, 1, 1.0])": ONE_NUMBER,
  "Enum.member?([1, 2], 2.0)": ONE_NUMBER,
  "rem(unknown(1.0), 2)": ONE_NUMBER,
  "Enum.flat_map([1, 2], fn x -> %{x => x} end)": TEXT_KEYS,
  'DateTime.new(~D[2016-05-24], ~T[13:26:08.003], "Etc/UTC")': NO_TIME,
  "DateTime.new!(~D[2016-05-24], ~T[13:26:08])": NO_TIME,
  "unknown(nil).foo": ATOM_IS_TEXT,
  'unknown("a") <> unknown(1)': "the message says what was given",
  'URI.new("https://elixir-lang.org/ a")': "the error names the character that must not stand there",
  'case unknown(1.0) do\n  1 -> "integer"\n  _ -> "other"\nend': ONE_NUMBER,
  "with {:ok, a} <- unknown(:oops) do\n  a\nelse\n  {:error, reason} -> reason\nend": ATOM_IS_TEXT,
  "{:ok, x} = unknown({:error, 1})\n  x": TUPLE_IS_LIST,
  "inspect(1..3)": RANGE_IS_LIST,
  "is_list(unknown(1..3))": RANGE_IS_LIST,
  "unknown(1..3) == [1, 2, 3]": RANGE_IS_LIST,
  "(fn 1 -> :one end).(unknown(2))": NO_NAME,
  "'single' == 'single'": NO_CHARLIST,
};

/** What the compiler does not take yet and should; whoever mends one removes its line here. */
export const gaps: readonly string[] = [];
