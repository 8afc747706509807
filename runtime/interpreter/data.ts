/** How data flows: what a step's writes and its returned map make of the data it was given. */
import type { Data } from "../json.ts";
import { equals } from "../prelude/core/equals.ts";
import type { Overlay } from "../store/store.ts";

/** The key under which a parallel block leaves its branches' outcomes for the steps after it. */
export const RESULTS = "__results__";

export const EMPTY_OVERLAY: Overlay = { put: {}, deleted: [] };

/** D ⊕ w: the data as the step itself sees it through the context functions. */
export function overlaid(data: Data, overlay: Overlay): Data {
  return { ...without(data, overlay.deleted), ...overlay.put };
}

/**
 * The next step's data: D ⊕ w ⊕ the keys of the returned map that are new or have another value than in D. A key returned
 * with its old value therefore never undoes a write, and one left out is not deleted.
 */
export function nextData(data: Data, overlay: Overlay, returned: Data): Data {
  const changed = Object.entries(returned).filter(
    ([key, value]) => !Object.hasOwn(data, key) || !equals(data[key], value),
  );
  return { ...overlaid(data, overlay), ...Object.fromEntries(changed) };
}

/** A parallel branch's value: its writes overlaid by its returned map. */
export function branchValue(overlay: Overlay, returned: Data): Data {
  return { ...overlay.put, ...returned };
}

/** What an execution gives to who waits for it: its data without bookkeeping. */
export function resultOf(data: Data): Data {
  return without(data, [RESULTS]);
}

function without(data: Data, keys: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));
}
