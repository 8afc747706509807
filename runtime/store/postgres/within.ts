/**
 * Operations inside a transaction of the caller's. Nothing is sent again: what failed has spoilt the transaction, and what
 * happens next is the caller's to say. Notifications go out with the transaction, as Postgres holds them back until then.
 */
import type { Store, TransactionClient } from "../store.ts";
import type { Database } from "./database.ts";
import { sendAll } from "./deliveries.ts";
import { announce, type Hint } from "./hints.ts";
import { start } from "./queries/start.ts";
import { storeError } from "./resend.ts";
import { withSchema } from "./schema.ts";

/** `announces` is null where nobody listens; else the channel. */
export function within(
  client: TransactionClient,
  schema: string,
  announces: string | null,
): Pick<Store, "start" | "sendEvents"> {
  const database = withSchema(lent(client), schema);
  const answered = async <T>({ results, hint }: { readonly results: T; readonly hint: Hint }): Promise<T> => {
    if (announces !== null) await announce(database, announces, hint);
    return results;
  };
  return {
    start: async (executions) => answered(await start(database, executions, null)),
    sendEvents: async (events) => answered(await sendAll(database, events, null)),
  };
}

const ADDRESS = "the given client";

function lent(client: TransactionClient): Database {
  return {
    query: async ({ text }, parameters) => {
      try {
        return (await client.query(text, [...parameters])).rows;
      } catch (error) {
        throw storeError(error, ADDRESS);
      }
    },
    transaction: () => Promise.reject(new Error("internal: a lent client has a transaction already")),
    listen: null,
    close: async () => {},
    address: ADDRESS,
  };
}
