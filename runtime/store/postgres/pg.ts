/** A Postgres server through `pg`: a pool for statements, a connection of its own for notifications. */
import pg from "pg";
import { addressOf, Client } from "./client.ts";
import type { Database, Row } from "./database.ts";
import { listening } from "./listening.ts";
import { oneMessage } from "./one-message.ts";

export interface PgOptions {
  readonly url: string;
  readonly poolSize: number;
  /** False behind a pooler that gives each transaction another server connection. */
  readonly preparedStatements: boolean;
  readonly listen: boolean;
}

/**
 * A prepared statement keeps its plan, and the plan made while the tables are small reads them whole: 16 commits/s instead
 * of 1,500 with 20,000 executions, until the next ANALYZE. Every statement of the store finds its rows by an index, whatever
 * its parameters are, so none is planned for them: that takes a claim twice as long as the claim itself.
 */
const PLANNING = [
  "enable_seqscan = off",
  "enable_bitmapscan = off",
  "enable_hashjoin = off",
  "enable_mergejoin = off",
  "jit = off",
  "plan_cache_mode = force_generic_plan",
];

/** For a connection of our own, once. */
export const SET_PLANNING = PLANNING.map((setting) => `SET ${setting}`).join("; ");

const CONNECT_TIMEOUT_MS = 10_000;

export function pgDatabase(options: PgOptions): Database {
  const config = {
    connectionString: options.url,
    application_name: "durable",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  };
  const onConnect = options.preparedStatements
    ? async (client: pg.ClientBase) => void (await client.query(SET_PLANNING))
    : undefined;
  const address = addressOf(config);
  const pool = new pg.Pool({ ...config, Client, max: options.poolSize, ...(onConnect && { onConnect }) });
  // An idle connection that is cut is replaced when it is next needed; without a listener it would end the process.
  pool.on("error", () => {});
  const ours = sessionsOf(pool);
  return {
    address,
    query: options.preparedStatements ? preparedQueries(pool) : lentQueries(pool),
    transaction: (work) => inTransaction(pool, work),
    listen: options.listen ? listening(() => new Client(config), ours) : null,
    close: () => pool.end(),
  };
}

/** The server's process numbers of the pool's connections. */
function sessionsOf(pool: pg.Pool): ReadonlySet<number> {
  const numbers = new Set<number>();
  // Part of every client of the driver, but not of its types.
  const numberOf = (client: pg.PoolClient) => (client as pg.PoolClient & { readonly processID: number }).processID;
  pool.on("connect", (client) => numbers.add(numberOf(client)));
  pool.on("remove", (client) => numbers.delete(numberOf(client)));
  return numbers;
}

/** On connections of our own: each plans a statement once and keeps the plan. */
function preparedQueries(pool: pg.Pool): Database["query"] {
  return async ({ name, text }, parameters) => (await pool.query<Row>({ name, text, values: [...parameters] })).rows;
}

/** On connections lent by a pooler, which are not ours to change: each statement brings its settings, and is planned anew. */
function lentQueries(pool: pg.Pool): Database["query"] {
  return async (statement, parameters) => {
    // Several statements in one text give as many results, which the types do not know.
    const results: unknown = await pool.query(oneMessage(PLANNING, statement, parameters));
    return (results as readonly pg.QueryResult<Row>[]).at(-1)!.rows;
  };
}

/** What a transaction does, statement by statement. */
export type Work<T> = (run: (text: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>) => Promise<T>;

async function inTransaction<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  // The statement under way fails with it; without a listener it would end the process besides.
  client.on("error", ignore);
  try {
    const result = await transacted(client, work);
    client.off("error", ignore).release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function ignore(): void {}

/** Leaves the transaction open when it throws. */
export async function transacted<T>(client: pg.ClientBase, work: Work<T>): Promise<T> {
  await client.query("BEGIN");
  const result = await work(async (text, parameters) => {
    // Without parameters the simple protocol is used, which takes several statements in one text.
    const answer = await (parameters === undefined
      ? client.query<Row>(text)
      : client.query<Row>(text, [...parameters]));
    return answer.rows;
  });
  await client.query("COMMIT");
  return result;
}
