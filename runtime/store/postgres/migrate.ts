/**
 * Brings the schema up to this version: each file of migrations/ once, in the order of its number, all in one transaction
 * under a lock, so that workers starting together do not get in each other's way.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { StoreError } from "../errors.ts";
import type { Database } from "./database.ts";
import { inSchema, quoted } from "./schema.ts";

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** The migrations this version knows, oldest first. The folder lies beside this file and beside the bundle. */
export function migrations(): readonly Migration[] {
  const folder = new URL("./migrations/", import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({
      version: Number.parseInt(file, 10),
      name: file.replace(/\.sql$/, ""),
      sql: readFileSync(new URL(file, folder), "utf8"),
    }));
}

/** Changes whenever a migration does: tells whether a prebuilt template is still of use. */
export function migrationsHash(known: readonly Migration[] = migrations()): string {
  const hash = createHash("sha256");
  for (const { name, sql } of known) hash.update(name).update(sql);
  return hash.digest("hex").slice(0, 16);
}

/** Applies what is missing. Throws a `StoreError` when the database is newer than `known`. */
export async function migrate(database: Database, schema: string, known = migrations()): Promise<void> {
  await database.transaction(async (run) => {
    await run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`durable.migrate.${schema}`]);
    const applied = await appliedVersion(run, schema);
    const newest = known.at(-1)?.version ?? 0;
    if (applied > newest) throw newer(schema, applied, newest);
    for (const migration of known.filter(({ version }) => version > applied)) {
      await run(inSchema(migration.sql, schema));
      await run(inSchema("INSERT INTO durable.migrations (version, name) VALUES ($1, $2)", schema), [
        migration.version,
        migration.name,
      ]);
    }
  });
}

type Run = (
  text: string,
  parameters?: readonly unknown[],
) => Promise<readonly { readonly [column: string]: unknown }[]>;

async function appliedVersion(run: Run, schema: string): Promise<number> {
  // Asked first: creating what exists already needs a permission that an app's role may lack.
  const [found] = await run("SELECT to_regclass($1) IS NOT NULL AS found", [`${quoted(schema)}.migrations`]);
  if (found?.found !== true) {
    await run(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
    await run(
      inSchema(
        `CREATE TABLE durable.migrations (
           version integer PRIMARY KEY,
           name text NOT NULL,
           applied_at timestamptz NOT NULL DEFAULT now()
         )`,
        schema,
      ),
    );
  }
  const [row] = await run(inSchema("SELECT coalesce(max(version), 0) AS version FROM durable.migrations", schema));
  return Number(row?.version);
}

function newer(schema: string, applied: number, newest: number): StoreError {
  return new StoreError(
    "schema_newer",
    `The schema "${schema}" is at version ${applied}, but this version of @durablec/runtime knows only up to ${newest}.`,
    "Install the newer @durablec/runtime here, or use another schema.",
  );
}
