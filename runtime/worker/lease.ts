/** Keeps a worker's lease, and what is in its name the same as what it has in hand. */
import { StoreError } from "../store/errors.ts";
import type { Hold } from "../store/store.ts";
import type { State } from "./state.ts";

/** What is in a worker's name beside what it has in hand, and since when, by the monotonic clock. */
export type Beside = ReadonlyMap<string, { readonly hold: Hold; readonly since: number }>;

/** False when the lease is lost. */
export async function renew(state: State): Promise<boolean> {
  const { store, options, around } = state;
  const inHand = [...around.inHand.keys()];
  const astray = overdue(state);
  const beside = await store.renewLease({ worker: around.worker, leaseMs: options.leaseMs, inHand, astray });
  const isReturned = (hold: Hold) => astray.some((one) => keyOf(one) === keyOf(hold));
  const since = (hold: Hold) => state.beside.get(keyOf(hold))?.since ?? performance.now();
  state.beside = new Map(
    (beside ?? []).filter((hold) => !isReturned(hold)).map((hold) => [keyOf(hold), { hold, since: since(hold) }]),
  );
  // What is not in its name any more was not its to give back.
  for (const { id } of (beside ?? []).filter(isReturned)) options.onError(strayed(id));
  return beside !== null;
}

/** A claim or a hand-over is under way for less than a lease; a stopping worker lays down what it still holds. */
function overdue({ beside, around, options, stopping }: State): readonly Hold[] {
  if (stopping) return [];
  return [...beside.values()]
    .filter(({ hold, since }) => !around.inHand.has(hold.id) && performance.now() - since > options.leaseMs)
    .map(({ hold }) => hold);
}

function keyOf({ id, epoch, claim }: Hold): string {
  return `${id} ${epoch} ${claim}`;
}

function strayed(id: string): StoreError {
  return new StoreError(
    "stray_execution",
    `The execution ${id} was in the name of this worker, which did not have it in hand; it has been given back.`,
    "Unless somebody has changed its row, this is a defect of @durablec/runtime: please report it.",
  );
}
