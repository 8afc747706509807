/** The name of the schema is the only thing ever put into SQL text; it is checked and quoted here. */
import { StoreError } from "../errors.ts";
import type { Database, Statement } from "./database.ts";

export const DEFAULT_SCHEMA = "durable";

/** Puts the schema's name in place of `durable.`, quoted. */
export function inSchema(text: string, schema: string): string {
  return text.replace(/\bdurable\./g, `${quoted(schema)}.`);
}

export function quoted(schema: string): string {
  if (!/^[a-z_][a-z0-9_]{0,47}$/.test(schema)) {
    throw new StoreError(
      "invalid_option",
      `"${schema}" cannot be the name of a schema`,
      "use lower-case letters, digits and underscores, at most 48, not beginning with a digit",
    );
  }
  return `"${schema}"`;
}

/** The database with all its statements in this schema. */
export function withSchema(database: Database, schema: string): Database {
  quoted(schema);
  const texts = new Map<Statement, Statement>();
  const inIt = (statement: Statement): Statement => {
    const known = texts.get(statement) ?? { ...statement, text: inSchema(statement.text, schema) };
    texts.set(statement, known);
    return known;
  };
  return { ...database, query: (statement, parameters) => database.query(inIt(statement), parameters) };
}
