/** Opens the store that the options name: a Postgres server by its URL, or the embedded database. */
import { StoreError } from "./errors.ts";
import type { Database } from "./postgres/database.ts";
import { pgDatabase } from "./postgres/pg.ts";
import { pgliteDatabase } from "./postgres/pglite.ts";
import { storeError } from "./postgres/resend.ts";
import { DEFAULT_SCHEMA, quoted } from "./postgres/schema.ts";
import { postgresStore } from "./postgres/store.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  /** `postgres://…`, a directory of the embedded database, or `"memory"` (the default): embedded and gone at the end. */
  readonly database?: string;
  /** Default `durable`. */
  readonly schema?: string;
  /** Turn off behind a pooler in transaction mode, as `listen`. Default true. */
  readonly preparedStatements?: boolean;
  /** LISTEN and NOTIFY. Without them workers find new work by polling. Default true. */
  readonly listen?: boolean;
  /** Most connections at once, the listening one aside. Default 10. */
  readonly poolSize?: number;
}

/** Opens the database and brings its schema up to date. Throws a `StoreError` when it cannot be reached. */
export async function createStore(options: StoreOptions = {}): Promise<Store> {
  const schema = options.schema ?? DEFAULT_SCHEMA;
  quoted(schema);
  const database = await open(options);
  const store = postgresStore(database, schema);
  try {
    await store.migrate();
  } catch (error) {
    await database.close();
    throw storeError(error, database.address);
  }
  return store;
}

async function open(options: StoreOptions): Promise<Database> {
  const { database = "memory", preparedStatements = true, listen = true, poolSize = 10 } = options;
  if (database === "memory") return pgliteDatabase(null);
  if (/^postgres(ql)?:\/\//.test(database)) return pgDatabase({ url: database, preparedStatements, listen, poolSize });
  if (/^[a-z+]+:\/\//i.test(database)) {
    throw new StoreError(
      "invalid_option",
      `"${database.slice(0, database.indexOf("://"))}" is no kind of database this library knows.`,
      'Use postgres://user:password@host/name, a directory, or "memory".',
    );
  }
  return pgliteDatabase(database);
}
