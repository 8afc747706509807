/**
 * Where the language means something else than Elixir, by the case's text, each with its reason. The tests hold that these
 * do differ, so that an entry cannot outlive its reason.
 */
const ONE_NUMBER = "a number has no kind at run time: 1 and 1.0 are one value";
const TEXT_KEYS = "a key that is a number, boolean or nil becomes its text";
const NO_TIME = "there is no type for a time of day; it is a text";
const ATOM_IS_TEXT = "an atom is a text, and shown as one";

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
};
