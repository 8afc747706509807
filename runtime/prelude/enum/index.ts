/** `Enum`. What counts as a collection is said in core/elements.ts. */
export { chunkBy, chunkEvery, chunkWhile } from "./chunk.ts";
export { concat, into, toList, unzip, zip, zipReduce, zipWith } from "./combine.ts";
export { max, maxBy, min, minBy, minMax, minMaxBy } from "./extreme.ts";
export {
  each,
  flatMap,
  flatMapReduce,
  intersperse,
  join,
  map,
  mapEvery,
  mapIntersperse,
  mapJoin,
  mapReduce,
  scan,
  withIndex,
} from "./map.ts";
export { reverse, reverseSlice, slide, sort, sortBy } from "./order.ts";
export {
  all,
  any,
  at,
  count,
  countUntil,
  empty,
  fetch,
  fetchOrRaise,
  find,
  findIndex,
  findValue,
  member,
} from "./query.ts";
export { random, shuffle, takeRandom } from "./random.ts";
export { frequencies, frequenciesBy, groupBy, product, reduce, reduceWhile, sum } from "./reduce.ts";
export {
  dedup,
  dedupBy,
  drop,
  dropEvery,
  dropWhile,
  filter,
  reject,
  split,
  splitWhile,
  splitWith,
  take,
  takeEvery,
  takeWhile,
  uniq,
  uniqBy,
} from "./select.ts";
export { slice } from "./slice.ts";
