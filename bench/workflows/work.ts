/** The effect that every step has, in every engine: asynchronous, and done at once. */

let calls = 0;

export async function touch(n: number): Promise<number> {
  calls += 1;
  return n + 1;
}

/** How often `touch` was called in this process. */
export function touched(): number {
  return calls;
}
