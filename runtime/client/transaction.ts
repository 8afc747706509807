/** Operations that may be part of the app's own transaction. */
import type { Store, TransactionClient } from "../store/store.ts";

/** The same operations inside the transaction of the given client, if there is one. */
export function within(store: Store, client: TransactionClient | undefined): Pick<Store, "start" | "sendEvents"> {
  return client === undefined ? store : store.within(client);
}
