/**
 * The embedded database: PGlite in this process, behind one client of the driver that serves Postgres, too. It never calls
 * fsync: what it acknowledges survives the end of the process, not the loss of power.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { StoreError } from "../errors.ts";
import type { Database, Row } from "./database.ts";
import { lockDirectory } from "./lock.ts";
import { migrationsHash } from "./migrate.ts";
import { SET_PLANNING, transacted } from "./pg.ts";
import { codeOf } from "./sqlstate.ts";

/**
 * A database directory with this version's migrations applied, made by template/build.js. Its name tells which migrations
 * they were: another version's is not used.
 */
export function templateFile(): URL {
  return new URL(`pgdata-${migrationsHash()}.tar.gz`, new URL("./template/", import.meta.url));
}

/** `directory` null keeps everything in memory, gone at the end. */
export async function pgliteDatabase(directory: string | null): Promise<Database> {
  const folder = directory === null ? null : resolve(directory);
  if (folder !== null) refuseOther(folder);
  const unlock = folder === null ? () => {} : lockDirectory(folder);
  try {
    const pglite = await startPglite(folder, seed(folder));
    const database = await overPglite(pglite, folder ?? "memory");
    const close = async (): Promise<void> => {
      await database.close();
      unlock();
    };
    return { ...database, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Starts the engine: from the given directory image, or through initdb, which takes four seconds. */
export async function startPglite(folder: string | null, image: Blob | null): Promise<PGlite> {
  const { PGlite } = await installed(() => import("@electric-sql/pglite"));
  return PGlite.create({
    ...(folder !== null && { dataDir: folder }),
    ...(image !== null && { loadDataDir: image }),
    // The default of 128 MB is taken in full, by every process.
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"],
  });
}

/** A running engine as a database; closing it ends the engine. */
export async function overPglite(pglite: PGlite, address: string): Promise<Database> {
  const { createPgConfig } = await installed(() => import("@electric-sql/pglite/node-postgres"));
  await pglite.exec(SET_PLANNING);
  // Declared as a class of its own; it has the fields of a pool's configuration.
  const config: pg.PoolConfig = { ...createPgConfig(pglite) };
  const client = new pg.Client(config);
  await client.connect();
  const exclusively = oneByOne();
  return {
    address,
    query: ({ name, text }, parameters) =>
      exclusively(async () => (await client.query<Row>({ name, text, values: [...parameters] })).rows),
    transaction: (work) =>
      exclusively(async () => {
        try {
          return await transacted(client, work);
        } catch (error) {
          await client.query("ROLLBACK");
          throw error;
        }
      }),
    listen: null,
    close: () =>
      exclusively(async () => {
        await client.end();
        await pglite.close();
      }),
  };
}

/**
 * There is one connection, so everybody waits for their turn. A pool of one would do, but for what it does when a statement
 * fails: it makes another client for the same connection, which takes the rest of the old one's answers for its own.
 */
function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** Loaded only here: an app on a Postgres server neither needs the package nor waits for it. */
async function installed<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new StoreError(
      "pglite_missing",
      "The embedded database needs the package @electric-sql/pglite, which is not installed.",
      "Say `npm install @electric-sql/pglite`, or give the URL of a Postgres server.",
      { cause: error },
    );
  }
}

/** A folder with other people's files in it is a mistake in the path. */
function refuseOther(folder: string): void {
  if (!existsSync(folder) || isDatabase(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  if (isFolder && readdirSync(folder).length === 0) return;
  throw new StoreError(
    "invalid_option",
    `${folder} is ${isFolder ? "a folder that holds something else" : "a file"}, not an embedded database.`,
    "Give a folder that is empty or does not exist yet.",
  );
}

function isDatabase(folder: string): boolean {
  return existsSync(resolve(folder, "PG_VERSION"));
}

function seed(folder: string | null): Blob | null {
  const isNew = folder === null || !isDatabase(folder);
  const template = templateFile();
  return isNew && existsSync(template) ? new Blob([readFileSync(template)]) : null;
}
