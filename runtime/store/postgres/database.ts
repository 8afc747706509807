/**
 * What the queries need of a database: one statement, its parameters, its rows. Two adapters give it (pg.ts and
 * pglite.ts); everything else in this folder is the same for both.
 */

/** SQL in which the tables are written `durable.name`, whatever the schema is called in the end. */
export interface Statement {
  /** Of the prepared statement. */
  readonly name: string;
  readonly text: string;
}

export type Row = { readonly [column: string]: unknown };

export interface Database {
  /** Runs one statement as its own transaction. Throws what the driver throws. */
  query(statement: Statement, parameters: readonly unknown[]): Promise<readonly Row[]>;
  /** Runs statements one after the other in one transaction on one connection: migrations only. */
  transaction<T>(
    work: (run: (text: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>) => Promise<T>,
  ): Promise<T>;
  /** Calls back with every notification on the channel until the returned function is called; null where nobody else can notify. */
  readonly listen: ((channel: string, notified: (payload: string) => void) => Promise<() => Promise<void>>) | null;
  close(): Promise<void>;
  /** For messages: host and port, or the directory; never a password. */
  readonly address: string;
}
