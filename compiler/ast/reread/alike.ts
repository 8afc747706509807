import { isSpan } from "./move.ts";

/** Whether two parts of trees are the same, one of them standing further down in its text. */
export function alike(before: unknown, now: unknown, by: number): boolean {
  if (typeof before !== "object" || before === null) return Object.is(before, now);
  if (typeof now !== "object" || now === null) return false;
  if (isSpan(before)) return isSpan(now) && before.start + by === now.start && before.end + by === now.end;
  if (Array.isArray(before)) {
    return Array.isArray(now) && before.length === now.length && before.every((part, i) => alike(part, now[i], by));
  }
  const [left, right] = [before, now] as readonly { readonly [key: string]: unknown }[];
  for (const key in right) if (!(key in left!)) return false;
  for (const key in left) if (!alike(left[key], right![key], by)) return false;
  return true;
}
