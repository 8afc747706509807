/** A Postgres server through `pg`: a pool for statements, a connection of its own for notifications. */
import pg from "pg";
import type { Database, Row, Statement } from "./database.ts";
import { listening } from "./listening.ts";

export interface PgOptions {
  readonly url: string;
  readonly poolSize: number;
  /** False behind a pooler that gives each transaction another server connection. */
  readonly preparedStatements: boolean;
  readonly listen: boolean;
}

/**
 * A prepared statement keeps its plan, and the plan made while the tables are small reads them whole: 16 commits/s instead
 * of 1,500 with 20,000 executions, until the next ANALYZE. Every statement of the store finds its rows by an index.
 */
export const PLANNING =
  "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off";

const CONNECT_TIMEOUT_MS = 10_000;

export function pgDatabase(options: PgOptions): Database {
  const config = {
    connectionString: options.url,
    application_name: "durable",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  };
  // A connection of our own plans each statement once; one lent by a pooler is not ours to change, and plans each time.
  const onConnect = options.preparedStatements
    ? async (client: pg.ClientBase) => void (await client.query(PLANNING))
    : undefined;
  const pool = new pg.Pool({ ...config, max: options.poolSize, ...(onConnect && { onConnect }) });
  // An idle connection that is cut is replaced when it is next needed; without a listener it would end the process.
  pool.on("error", () => {});
  return {
    address: addressOf(options.url),
    ...poolQueries(pool, options.preparedStatements),
    listen: options.listen ? listening(() => new pg.Client(config)) : null,
    close: () => pool.end(),
  };
}

/** The part that both adapters share: PGlite gives a pool as well. */
export function poolQueries(pool: pg.Pool, preparedStatements: boolean): Pick<Database, "query" | "transaction"> {
  return {
    query: async (statement, parameters) => {
      const result = await pool.query<Row>(configOf(statement, parameters, preparedStatements));
      return result.rows;
    },
    transaction: (work) => inTransaction(pool, work),
  };
}

function configOf(statement: Statement, parameters: readonly unknown[], prepared: boolean): pg.QueryConfig {
  const config = { text: statement.text, values: [...parameters] };
  return prepared ? { ...config, name: statement.name } : config;
}

const inTransaction = async <T>(
  pool: pg.Pool,
  work: (run: (text: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(async (text, parameters) => {
      // Without parameters the simple protocol is used, which takes several statements in one text.
      const answer = await (parameters === undefined
        ? client.query<Row>(text)
        : client.query<Row>(text, [...parameters]));
      return answer.rows;
    });
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
};

function addressOf(url: string): string {
  if (!URL.canParse(url)) return "the given database";
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || "localhost"}:${port || "5432"}${pathname}`;
}
