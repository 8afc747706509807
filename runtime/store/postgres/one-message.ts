/**
 * A statement for a connection that a pooler lends for one transaction: what must be set for it to be planned well and the
 * statement itself go as one message, which Postgres runs as one transaction of its own. So the settings are gone with it,
 * and a client that stops half-way holds no locks. Such a message has no parameters; they are written as literals.
 */
import pg from "pg";
import type { Statement } from "./database.ts";

/** `settings` are `name = value`. Throws for parameters that no statement of this store has. */
export function oneMessage(settings: readonly string[], { text }: Statement, parameters: readonly unknown[]): string {
  const written = text.replace(/\$(\d+)/g, (_, n: string) => literal(parameters[Number(n) - 1]));
  return [...settings.map((setting) => `SET LOCAL ${setting}`), written].join(";\n");
}

function literal(value: unknown): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(", ")}]::text[]`;
  throw new Error(`internal: a statement has a parameter of type ${typeof value}`);
}

/** A NUL would end the message in the middle; the server never sees it, so the refusal is made here, as the server makes it. */
function textLiteral(value: string): string {
  if (!value.includes("\0")) return pg.escapeLiteral(value);
  throw Object.assign(new Error("invalid byte sequence for encoding UTF8: 0x00"), { code: "22021" });
}
