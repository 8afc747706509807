/** Every statement of the store, taken from the files that they are written in. */
import { readdirSync } from "node:fs";
import type { Statement } from "../../runtime/store/postgres/database.ts";
import { NOTIFY } from "../../runtime/store/postgres/hints.ts";

const folder = new URL("../../runtime/store/postgres/queries/", import.meta.url);
const files = await Promise.all(
  readdirSync(folder).map((file) => import(new URL(file, folder).href) as Promise<Readonly<Record<string, unknown>>>),
);

export const STATEMENTS: readonly Statement[] = [
  NOTIFY,
  ...files.flatMap((file) => Object.values(file).filter(isStatement)),
];

function isStatement(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "text" in value && "name" in value;
}
