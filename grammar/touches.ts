import type { IToken } from "chevrotain";

/** True when nothing stands between two tokens, not even space. */
export function touches(before: IToken, after: IToken): boolean {
  return before.startOffset + before.image.length === after.startOffset;
}
