/**
 * Cuts a batch into the pieces that one statement can take.
 *
 * Two rules of SQL ask for it: a statement cannot change one row twice (two transitions of one execution; a parent's own
 * transition and its child's end), and one bad value fails the whole statement.
 */
import { StoreError } from "../errors.ts";

/** Pieces in which no key occurs twice, in order: what touches the same row stays one after the other. */
export function apart<T>(batch: readonly T[], keysOf: (item: T) => readonly string[]): readonly (readonly T[])[] {
  const pieces: T[][] = [];
  let seen = new Set<string>();
  for (const item of batch) {
    const keys = keysOf(item);
    const last = pieces.at(-1);
    if (last === undefined || keys.some((key) => seen.has(key))) {
      pieces.push([item]);
      seen = new Set(keys);
    } else {
      last.push(item);
      for (const key of keys) seen.add(key);
    }
  }
  return pieces;
}

/** Sends a batch; where the database refuses its data, its halves, until each bad item stands alone. */
export async function splitting<T, R>(
  batch: readonly T[],
  send: (batch: readonly T[]) => Promise<readonly R[]>,
  refused: (item: T, error: StoreError) => R,
): Promise<readonly R[]> {
  try {
    return await send(batch);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "data_refused") throw error;
    if (batch.length === 1) return [refused(batch[0]!, error)];
    const middle = Math.ceil(batch.length / 2);
    const first = await splitting(batch.slice(0, middle), send, refused);
    return [...first, ...(await splitting(batch.slice(middle), send, refused))];
  }
}
