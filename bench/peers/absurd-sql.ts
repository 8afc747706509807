/** Absurd's tables and functions: not in its package, and not copied here, so whoever runs the benchmark says where they are. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** How to have it in the benchmark. */
export const HOW_TO_INCLUDE_ABSURD =
  "Absurd is left out: with ABSURD_SQL=<path of sql/absurd.sql of release 0.5.0 of earendil-works/absurd on GitHub> it takes part.";

export interface AbsurdSql {
  readonly path: string;
  readonly text: string;
}

/** Null where nobody says; relative to where npm was called. */
export function absurdSql(): AbsurdSql | null {
  const { ABSURD_SQL: said, INIT_CWD: folder = "." } = process.env;
  if (said === undefined || said === "") return null;
  const path = resolve(folder, said);
  try {
    return { path, text: readFileSync(path, "utf8") };
  } catch (error) {
    throw new Error(`ABSURD_SQL cannot be read: ${(error as Error).message}`);
  }
}
