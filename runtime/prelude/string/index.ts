/** `String`, exported as `Strings`. Characters are graphemes, as people count them. */
export { capitalize, downcase, upcase } from "./case.ts";
export {
  at,
  codepoints,
  first,
  graphemes,
  last,
  length,
  nextCodepoint,
  nextGrapheme,
  reverse,
  slice,
  splitAt,
} from "./characters.ts";
export { toAtom, toExistingAtom, toFloat, toInteger } from "./convert.ts";
export { bagDistance, jaroDistance } from "./distance.ts";
export { contains, endsWith, equivalent, match, normalize, printable, startsWith, valid } from "./search.ts";
export { replace, split, splitter } from "./split.ts";
export {
  duplicate,
  padLeading,
  padTrailing,
  replaceLeading,
  replacePrefix,
  replaceSuffix,
  replaceTrailing,
  trim,
  trimLeading,
  trimTrailing,
} from "./trim.ts";
