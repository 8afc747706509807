/** The one Postgres that everything is measured on: durable as in production, and otherwise as it comes. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { startCluster } from "../../test/support/cluster.ts";
import type { Postgres } from "./bench.ts";

/** What is not Postgres's default, the same for all who are measured. */
const SETTINGS = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  shared_buffers: "1GB",
  max_wal_size: "8GB",
  checkpoint_timeout: "30min",
  max_connections: "300",
  shared_preload_libraries: "pg_stat_statements",
  // Counting costs little and not nothing: it is turned on for the runs that count, which are not timed.
  "pg_stat_statements.track": "none",
  "pg_stat_statements.max": "5000",
};

export interface Server extends Postgres {
  remove(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const cluster = await startCluster(SETTINGS);
  const known = new Map<string, Promise<string>>();
  const administrator = new pg.Client({ connectionString: cluster.url("postgres") });
  await administrator.connect();
  const version = await administrator.query<{ server_version: string }>("SHOW server_version");
  const create = async (name: string): Promise<string> => {
    await administrator.query(`CREATE DATABASE "${name}"`);
    const url = cluster.url(name);
    await once(url, "CREATE EXTENSION pg_stat_statements");
    return url;
  };
  return {
    version: version.rows[0]!.server_version,
    programs: programs(),
    database: (called) => {
      const name = called.toLowerCase().replace(/[^a-z0-9]+/g, "_");
      const url = known.get(name) ?? create(name);
      known.set(name, url);
      return url;
    },
    remove: async () => {
      await administrator.end();
      await cluster.remove();
    },
  };
}

/** One statement on a connection of its own; its rows. */
export async function once<Row extends pg.QueryResultRow>(url: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Where `pgbench` is: the server may be another one's, the client speaks to any. */
function programs(): string | null {
  const folders = [...[18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`), ...searchPath()];
  const found = folders.map((folder) => join(folder, "pgbench")).find((path) => existsSync(path));
  return found === undefined ? null : dirname(found);
}

function searchPath(): readonly string[] {
  return (process.env.PATH ?? "").split(":").filter((folder) => folder !== "");
}
