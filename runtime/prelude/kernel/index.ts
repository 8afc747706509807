/** `Kernel`: what is called without naming a module. Operators are in ../core. */
export { div, rem } from "../core/arithmetic.ts";
export { text as toString } from "../core/text.ts";
export { isException } from "./exception.ts";
export { apply, inspect, raise, reraise, tap, then_ } from "./flow.ts";
export { abs, ceil, floor, round, trunc } from "./number.ts";
export { getAndUpdateIn, getIn, popIn, putIn, updateIn } from "./path.ts";
export {
  binaryPart,
  bitSize,
  byteSize,
  elem,
  hd,
  length,
  mapSize,
  putElem,
  tl,
  tupleSize,
} from "./sequence.ts";
export {
  isAtom,
  isBinary,
  isBitstring,
  isBoolean,
  isFloat,
  isFunction,
  isInteger,
  isList,
  isMap,
  isMapKey,
  isNil,
  isNumber,
  isTuple,
  max,
  min,
} from "./test.ts";
