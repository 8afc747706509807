import { createHash } from "node:crypto";

/** Twelve hexadecimal digits of a SHA-256 over the content's JSON. */
export function hash(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12);
}
