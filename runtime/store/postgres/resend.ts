/**
 * Sends a statement again where that can help. Every statement of this store may be sent twice: a transition is recognised
 * by its (epoch, seq), an insert by its id, and a claim's lost answer is given back by its token.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { StoreError } from "../errors.ts";
import type { Database } from "./database.ts";
import { codeOf, messageOf, type Trouble, troubleOf } from "./sqlstate.ts";

/** How long a server may be away before we give up; a restart takes seconds. */
const PATIENCE_MS = 30_000;
const MOST_CONFLICTS = 20;

/** The same database, patient, and throwing only `StoreError`s. */
export function resending(database: Database, patienceMs = PATIENCE_MS): Database {
  return {
    ...database,
    query: (statement, parameters) =>
      patiently(database.address, () => database.query(statement, parameters), patienceMs),
  };
}

/** Calls `send` until it succeeds or there is no point in going on. */
export async function patiently<T>(address: string, send: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const until = performance.now() + patienceMs;
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (error) {
      const trouble = troubleOf(error);
      if (!worthwhile(trouble, tries, until)) throw storeError(error, address);
      await sleep(pause(trouble, tries));
    }
  }
}

function worthwhile(trouble: Trouble, tries: number, until: number): boolean {
  if (trouble === "conflict") return tries < MOST_CONFLICTS;
  return (trouble === "away" || trouble === "exhausted") && performance.now() < until;
}

/** Milliseconds; spread, so that two that met do not meet again. */
function pause(trouble: Trouble, tries: number): number {
  const most = trouble === "conflict" ? 5 * tries : Math.min(50 * 2 ** tries, 1_000);
  return most * (0.5 + Math.random() / 2);
}

/** What to tell whoever runs the program. */
export function storeError(error: unknown, address: string): StoreError {
  if (error instanceof StoreError) return error;
  const said = messageOf(error);
  const cause = { cause: error };
  switch (troubleOf(error)) {
    case "away":
    case "conflict":
      return new StoreError(
        "database_unreachable",
        `Cannot reach the database at ${address}: ${said}.`,
        "Is the server running, and are host and port right?",
        cause,
      );
    case "exhausted":
      return new StoreError(
        "database_exhausted",
        `The database at ${address} is out of means: ${said}.`,
        "Give it room on its disk, memory or connections; a worker then goes on by itself.",
        cause,
      );
    case "refused":
      return new StoreError(
        "database_refused",
        `The database at ${address} does not let us in: ${said}.`,
        codeOf(error) === "42501"
          ? "Grant its role what is missing, or run `durable migrate` with another role."
          : "Check user, password and the name of the database in its URL.",
        cause,
      );
    case "insecure":
      return new StoreError(
        "database_refused",
        `There is no secure connection to the database at ${address}: ${said}.`,
        "Check `sslmode` and `sslrootcert` in its URL, and the server's certificate.",
        cause,
      );
    case "schema":
      return new StoreError(
        "schema_missing",
        `The database at ${address} lacks the schema of this version: ${said}.`,
        "Run the migrations first.",
        cause,
      );
    case "data":
      return new StoreError(
        "data_refused",
        `The database cannot store this: ${said}.`,
        "Text with NUL characters and values of hundreds of megabytes cannot be stored.",
        cause,
      );
    case "unknown":
      return new StoreError(
        "database_error",
        `The database at ${address} reported: ${said}.`,
        "This is a bug of @durablec/runtime, or something else changed its tables.",
        cause,
      );
  }
}
