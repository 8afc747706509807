/** What a `rescue` catches. The abort of its own segment is not for the program to see, so that goes on. */
import { type Raised, rescued as raisedBy } from "../prelude/errors.ts";
import { isAborted } from "./current.ts";

/** What was thrown, as an error of the language; throws it on when the running segment was aborted. */
export function rescued(cause: unknown): Raised {
  if (isAborted()) throw cause;
  return raisedBy(cause);
}
