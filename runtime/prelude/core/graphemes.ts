/** What people take for characters, as Unicode defines it: an emoji of several code points is one. */
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const PLAIN = /^[\x20-\x7e]*$/;

/** The graphemes of a text, in order. */
export function graphemesOf(text: string): string[] {
  if (PLAIN.test(text)) return text.split("");
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
