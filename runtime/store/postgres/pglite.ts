/**
 * The embedded database: PGlite in this process, behind a pool of one connection, so that the same driver serves both.
 * It never calls fsync: what it acknowledges survives the end of the process, not the loss of power.
 */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import pg from "pg";
import { StoreError } from "../errors.ts";
import type { Database } from "./database.ts";
import { lockDirectory } from "./lock.ts";
import { PLANNING, poolQueries } from "./pg.ts";
import { codeOf } from "./sqlstate.ts";

/** A database directory with the migrations applied; built by template/build.js. */
const TEMPLATE = new URL("./template/pgdata.tar.gz", import.meta.url);

/** `directory` null keeps everything in memory, gone at the end. */
export async function pgliteDatabase(directory: string | null): Promise<Database> {
  const folder = directory === null ? null : resolve(directory);
  const unlock = folder === null ? () => {} : lockDirectory(folder);
  try {
    const { PGlite, createPgConfig } = await load();
    const pglite = await PGlite.create({ ...(folder === null ? {} : { dataDir: folder }), ...seed(folder) });
    await pglite.exec(PLANNING);
    const pool = new pg.Pool({ ...createPgConfig(pglite), max: 1 } as unknown as pg.PoolConfig);
    return {
      address: folder === null ? "memory" : folder,
      ...poolQueries(pool, true),
      listen: null,
      close: async () => {
        await pool.end();
        await pglite.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Loaded only here: an app on a Postgres server neither needs the package nor waits for it. */
async function load(): Promise<{
  readonly PGlite: typeof import("@electric-sql/pglite").PGlite;
  readonly createPgConfig: typeof import("@electric-sql/pglite/node-postgres").createPgConfig;
}> {
  try {
    const { PGlite } = await import("@electric-sql/pglite");
    const { createPgConfig } = await import("@electric-sql/pglite/node-postgres");
    return { PGlite, createPgConfig };
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new StoreError(
      "pglite_missing",
      "the embedded database needs the package @electric-sql/pglite, which is not installed",
      "npm install @electric-sql/pglite, or give the URL of a Postgres server",
      { cause: error },
    );
  }
}

/** A new database begins as a copy of the prebuilt one where there is one: initdb takes seconds. */
function seed(folder: string | null): { readonly loadDataDir?: Blob } {
  const isNew = folder === null || !existsSync(resolve(folder, "PG_VERSION"));
  return isNew && existsSync(TEMPLATE) ? { loadDataDir: new Blob([readFileSync(TEMPLATE)]) } : {};
}
