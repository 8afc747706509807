/**
 * What an error of the database means for us, by SQLSTATE or by the socket's error code. Looked up by the longest
 * prefix. `instanceof` is of no use: PGlite throws classes of its own.
 */

export type Trouble =
  /** Two statements met; the same statement may be sent again at once. */
  | "conflict"
  /** The server is away; the same statement may be sent again after a while. */
  | "away"
  /** The server is out of means; the same. */
  | "exhausted"
  /** The row's data cannot be stored. */
  | "data"
  /** Wrong password, unknown role or database, no permission. */
  | "refused"
  /** No connection that is as secure as was asked for. */
  | "insecure"
  /** The schema or a part of it is missing. */
  | "schema"
  | "unknown";

const TROUBLES: { readonly [prefix: string]: Trouble } = {
  "08": "away", // connection_exception
  "22": "data", // data_exception
  "25006": "away", // read_only_sql_transaction: a standby that is about to be promoted
  "28": "refused", // invalid_authorization
  "3D000": "refused", // invalid_catalog_name: no such database
  "3F000": "schema", // invalid_schema_name
  "40001": "conflict", // serialization_failure
  "40P01": "conflict", // deadlock_detected
  "42P01": "schema", // undefined_table
  "42703": "schema", // undefined_column
  "42883": "schema", // undefined_function
  "42501": "refused", // insufficient_privilege
  "53": "exhausted", // insufficient_resources: disk full, out of memory, too many connections
  "54": "data", // program_limit_exceeded: too large
  "57P": "away", // admin_shutdown, crash_shutdown, cannot_connect_now
  "58": "away", // system_error
  CERT_: "insecure",
  DEPTH_ZERO_SELF_SIGNED_CERT: "insecure",
  EAI_AGAIN: "away",
  ECONNREFUSED: "away",
  ECONNRESET: "away",
  EHOSTUNREACH: "away",
  ENETUNREACH: "away",
  ENOENT: "away", // the directory of a Unix socket
  ENOTFOUND: "away",
  EPIPE: "away",
  ERR_SSL: "insecure",
  ERR_TLS: "insecure",
  ETIMEDOUT: "away",
  SELF_SIGNED_CERT: "insecure",
  UNABLE_TO_GET_ISSUER_CERT: "insecure",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "insecure",
};

/** The driver's own errors carry no code. */
const MESSAGES: readonly (readonly [RegExp, Trouble])[] = [
  [/^(Connection terminated|Client has encountered a connection error)/, "away"],
  [/^(timeout exceeded when trying to connect|timeout expired|Query read timeout)/, "away"],
  [/^SASL: /, "refused"], // such as no password in the URL
  [/^The server does not support SSL/, "insecure"],
];

/** Never throws, whatever was thrown. */
export function troubleOf(error: unknown): Trouble {
  const code = codeOf(error);
  for (let length = code.length; length >= 2; length--) {
    const trouble = TROUBLES[code.slice(0, length)];
    if (trouble !== undefined) return trouble;
  }
  const message = messageOf(error);
  return MESSAGES.find(([words]) => words.test(message))?.[1] ?? "unknown";
}

export function codeOf(error: unknown): string {
  // Node tries every address of a name and throws all its failures together.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code: unknown = typeof first === "object" && first !== null && "code" in first ? first.code : undefined;
  return typeof code === "string" ? code : "";
}

export function messageOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
