/**
 * Cuts a batch into the pieces that one statement can take.
 *
 * Two rules of SQL ask for it: a statement cannot change one row twice (two transitions of one execution; a parent's own
 * transition and its child's end), and one bad value fails the whole statement.
 */
import { StoreError } from "../errors.ts";

/** The rows that an item changes. */
export interface Rows {
  /** Those that it alone may change in a statement. */
  readonly own: readonly string[];
  /** Those that it may change together with others, for the statement gathers what they do to it. */
  readonly shared?: readonly string[];
}

/** Pieces in which no two items are in each other's way, in order: what they do to a row stays one after the other. */
export function apart<T>(batch: readonly T[], rowsOf: (item: T) => Rows): readonly (readonly T[])[] {
  const pieces: T[][] = [];
  let own = new Set<string>();
  let shared = new Set<string>();
  for (const item of batch) {
    const rows = rowsOf(item);
    const theirs = rows.shared ?? [];
    const collides = rows.own.some((row) => own.has(row) || shared.has(row)) || theirs.some((row) => own.has(row));
    if (collides || pieces.length === 0) {
      pieces.push([]);
      own = new Set();
      shared = new Set();
    }
    pieces.at(-1)!.push(item);
    for (const row of rows.own) own.add(row);
    for (const row of theirs) shared.add(row);
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
