/** The effect that every step has, in every engine: asynchronous, and done at once. */

let calls = 0;
const waiting: ((now: number) => void)[] = [];

export async function touch(n: number): Promise<number> {
  calls += 1;
  const now = performance.now();
  for (const resolve of waiting.splice(0)) resolve(now);
  return n + 1;
}

/** When `touch` is next called in this process, by `performance.now()`. */
export function nextTouch(): Promise<number> {
  return new Promise((resolve) => waiting.push(resolve));
}

/** How often `touch` was called in this process. */
export function touched(): number {
  return calls;
}
