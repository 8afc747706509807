/** `List`. Lists never change; what edits gives a new one. */
export { delete_, deleteAt, insertAt, popAt, replaceAt, updateAt } from "./edit.ts";
export {
  keydelete,
  keyfind,
  keyfindOrRaise,
  keymember,
  keyreplace,
  keysort,
  keystore,
  keytake,
} from "./keyed.ts";
export {
  duplicate,
  first,
  flatten,
  foldl,
  foldr,
  improper,
  last,
  startsWith,
  textOf as toString,
  toTuple,
  wrap,
  zip,
} from "./whole.ts";
