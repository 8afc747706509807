import type { Token } from "./token.ts";

/** True when nothing stands between two tokens, not even space. */
export function touches(before: Token, after: Token): boolean {
  return before.startOffset + before.image.length === after.startOffset;
}
