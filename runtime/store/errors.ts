/** What a store throws; which database error is which of these is decided in postgres/sqlstate.ts. */

export type StoreErrorCode =
  /** Nobody answers at the address, or not any more. */
  | "database_unreachable"
  /** The server answers and lacks room on its disk, memory, or a free connection. */
  | "database_exhausted"
  /** The server answers and will not let us in: wrong password, unknown database or role. */
  | "database_refused"
  /** The schema was never migrated, or lacks something this version needs. */
  | "schema_missing"
  /** The schema was migrated by a newer version than this one. */
  | "schema_newer"
  /** The data is nothing a database can hold. */
  | "data_refused"
  /** A row does not have the shape this version writes. */
  | "malformed_row"
  /** An execution was in the name of a worker that did not have it in hand. */
  | "stray_execution"
  /** Another process has this embedded database open. */
  | "directory_in_use"
  /** An option makes no sense. */
  | "invalid_option"
  /** `@electric-sql/pglite` is needed and not installed. */
  | "pglite_missing"
  /** The database reported something this table of errors does not know. */
  | "database_error";

/** A failure of the store, in words for whoever runs the program. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    /** What to do about it. */
    readonly help: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
