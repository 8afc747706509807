/** The driver's connection to a server, and what can be wrong with the URL of one. */
import pg from "pg";
import { StoreError } from "../errors.ts";

/** The driver keeps the socket open of a connection that it has not brought about, and with it the process. */
export class Client extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.connection.once("error", () => this.connection.stream.destroy());
  }
}

/** `host:port/database`: of the URL what may be shown. Throws a `StoreError` where the driver cannot read it. */
export function addressOf(config: pg.ClientConfig): string {
  try {
    const { host, port, database } = new pg.Client(config);
    return `${host}:${port}/${database ?? ""}`;
  } catch (error) {
    throw new StoreError(
      "invalid_option",
      `The URL of the database cannot be read: ${(error as Error).message}.`,
      "Write it as postgres://user:password@host/name; in a password, # is %23, / is %2F and ? is %3F.",
      { cause: error },
    );
  }
}
