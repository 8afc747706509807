/** `Map`, exported as `Maps`. Maps never change; what writes gives a new one. */
export { filter, getAndUpdate, getAndUpdateOrRaise, reject } from "./each.ts";
export { equal, fetch, fetchOrRaise, get, getLazy, hasKey, keys, toList, values } from "./read.ts";
export {
  delete_,
  drop,
  fromKeys,
  merge,
  new_,
  pop,
  popLazy,
  popOrRaise,
  put,
  putNew,
  putNewLazy,
  replace,
  replaceLazy,
  replaceOrRaise,
  split,
  take,
  update,
  updateOrRaise,
} from "./write.ts";
