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
      `"${schema}" cannot be the name of a schema.`,
      "Use lower-case letters, digits and underscores, at most 48, not beginning with a digit.",
    );
  }
  return `"${schema}"`;
}

/** The database with all its statements in this schema, and no text that would break the protocol. */
export function withSchema(database: Database, schema: string): Database {
  quoted(schema);
  const texts = new Map<Statement, Statement>();
  const inIt = (statement: Statement): Statement => {
    const known = texts.get(statement) ?? { ...statement, text: inSchema(statement.text, schema) };
    texts.set(statement, known);
    return known;
  };
  return {
    ...database,
    query: async (statement, parameters) => {
      parameters.forEach(refuseNul);
      return await database.query(inIt(statement), parameters);
    },
  };
}

/** In JSON it is escaped, and the server refuses it; a bare one ends the text early, and the embedded server loses its way. */
function refuseNul(parameter: unknown): void {
  if (Array.isArray(parameter)) {
    parameter.forEach(refuseNul);
    return;
  }
  if (typeof parameter !== "string" || !parameter.includes("\0")) return;
  throw new StoreError(
    "data_refused",
    `The database cannot store the text ${JSON.stringify(parameter)}: it contains a NUL character.`,
    "Leave it out of ids, names and reasons.",
  );
}
