/** Statements held open: run in a transaction that ends when the test says so, so that another can meet them half-way. */
import pg from "pg";
import type { Database } from "../../runtime/store/postgres/database.ts";
import { SET_PLANNING } from "../../runtime/store/postgres/pg.ts";

export interface HeldOpen {
  /** Statements through this one have done their work and hold their locks, but are not visible to others. */
  readonly database: Database;
  commit(): Promise<void>;
}

export async function heldOpen(url: string): Promise<HeldOpen> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Planned as a store plans them: another plan may meet other rows.
  await client.query(SET_PLANNING);
  await client.query("BEGIN");
  return {
    database: {
      query: async ({ text }, parameters) => (await client.query(text, [...parameters])).rows,
      transaction: () => Promise.reject(new Error("it is one transaction already")),
      listen: null,
      close: async () => {},
      address: "a statement held open",
    },
    commit: async () => {
      await client.query("COMMIT");
      await client.end();
    },
  };
}

/** Waits until some statement of this database waits for a lock. */
export async function somebodyWaits(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let tries = 0; tries < 500; tries++) {
      const { rows } = await client.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      if (rows.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error("nobody waits for a lock");
  } finally {
    await client.end();
  }
}
