/** Ids are text. Generated ones are UUIDs; a child's is computed, so that a ref means one child, always. */
import { createHash, randomUUID } from "node:crypto";
import type { Dynamic } from "./json.ts";

/** An id for what has no better one. */
export function newId(): string {
  return randomUUID();
}

/** UUID version 8 from the logical workflow's id and the ref: the same pair gives the same child after any crash. */
export function childId(logicalId: string, ref: string): string {
  return uuidOf([logicalId, ref]);
}

/** The same for a queued branch of an execution, which no ref can mean. */
export function branchId(executionId: string, state: string): string {
  return uuidOf([executionId, "branch", state]);
}

function uuidOf(parts: readonly string[]): string {
  const bytes = createHash("sha256").update(canonical(parts)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** What tells one segment of one execution from every other; the saved locals stand for the position in a loop. */
export interface SegmentPlace {
  readonly executionId: string;
  readonly branch: string | null;
  readonly state: string;
  readonly saved: Dynamic;
  readonly received: Dynamic;
}

/** A key that is equal whenever the same call of the same segment is made again, and else differs. */
export function segmentKey(place: SegmentPlace, call: string): string {
  const { executionId, branch, state, saved, received } = place;
  return createHash("sha256")
    .update(canonical([executionId, branch, state, saved, received, call]))
    .digest("hex");
}

/** JSON with sorted keys: the database does not keep their order. */
function canonical(value: Dynamic): string {
  return JSON.stringify(value, (_key, inner: Dynamic) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
