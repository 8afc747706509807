/**
 * The command could not do its work, and not because of a source: said in one message, never with a stack trace.
 * `usage` is a command that makes no sense as given; `environment` one that does, in a world that does not allow it.
 */
export class UserError extends Error {
  override readonly name = "UserError";

  constructor(
    readonly kind: "usage" | "environment",
    message: string,
    /** The one thing to do about it. */
    readonly help: string,
  ) {
    super(message);
  }
}
