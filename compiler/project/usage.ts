/** The command or its environment is wrong, not a source: said in one message, never with a stack trace. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  /** `help` is the one thing to do about it. */
  constructor(
    message: string,
    readonly help: string,
  ) {
    super(message);
  }
}
