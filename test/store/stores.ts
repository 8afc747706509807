/** The store in every way it can be had: one suite must hold for all of them. */
import { afterAll, beforeAll, describe } from "vitest";
import { createStore } from "../../runtime/store/create.ts";
import type { Store } from "../../runtime/store/store.ts";
import { testDatabase } from "../support/database.ts";
import { PGBOUNCER, startPooler } from "../support/pooler.ts";
import { registered } from "./executions.ts";

interface Opened {
  readonly store: Store;
  readonly end: () => Promise<void>;
}

const STORES: Readonly<Record<string, () => Promise<Opened>>> = {
  Postgres: async () => {
    const database = await testDatabase();
    return { store: await createStore({ database: database.url }), end: database.drop };
  },
  PGlite: async () => ({ store: await createStore({ database: "memory" }), end: async () => {} }),
  "Postgres behind pgbouncer": async () => {
    const database = await testDatabase();
    const pooler = await startPooler(database.url);
    const store = await createStore({ database: pooler.url, preparedStatements: false, listen: false });
    const end = async (): Promise<void> => {
      await pooler.end();
      await database.drop();
    };
    return { store, end };
  },
};

/** Runs the suite on each store, which has one worker registered. */
export function describeStores(what: string, suite: (store: () => Store) => void): void {
  for (const [name, open] of Object.entries(STORES)) {
    const missing = name.endsWith("pgbouncer") && PGBOUNCER === null;
    describe.skipIf(missing)(`${what} on ${name}${missing ? ", which is not installed" : ""}`, () => {
      let opened: Opened;
      beforeAll(async () => {
        opened = await open();
        await registered(opened.store);
      });
      afterAll(async () => {
        await opened.store.close();
        await opened.end();
      });
      suite(() => opened.store);
    });
  }
}
