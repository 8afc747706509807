/** What a load asked of the database: statements, and bytes of write-ahead log. */
import { once } from "./postgres.ts";

export interface Counts {
  readonly statements: number;
  readonly walBytes: number;
  /** How long the server was busy with the statements, in milliseconds. */
  readonly serverMs: number;
}

/** Counts while the work goes on; it costs a little, so what is counted is not timed. Only connections made meanwhile count. */
export async function counted(url: string, work: () => Promise<unknown>): Promise<Counts> {
  const database = new URL(url).pathname.slice(1);
  await once(url, `ALTER DATABASE "${database}" SET pg_stat_statements.track = 'top'`);
  await once(url, "SELECT pg_stat_statements_reset()");
  const before = await walPosition(url);
  await work();
  const walBytes = Number((await walPosition(url)) - before);
  const [row] = await once<{ calls: string; ms: number }>(url, STATEMENTS);
  await once(url, `ALTER DATABASE "${database}" RESET pg_stat_statements.track`);
  return { statements: Number(row!.calls), walBytes, serverMs: row!.ms };
}

/** The harness's own questions aside. */
const STATEMENTS = `
SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(total_exec_time), 0) AS ms FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND query NOT LIKE '%pg_stat_statements%' AND query NOT LIKE '%AS busy%' AND query NOT LIKE '%pg_current_wal%'`;

async function walPosition(url: string): Promise<bigint> {
  const [row] = await once<{ at: string }>(url, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS at");
  return BigInt(row!.at);
}
