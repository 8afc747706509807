/** Begins many things, so many at a time. */

export async function startAll(total: number, atOnce: number, start: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < total) {
      const n = next;
      next += 1;
      await start(n);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, total) }, lane));
}

/** No load of the benchmark takes longer. */
const PATIENCE_MS = 300_000;

/** Asks until it says yes; throws when that takes too long. */
export async function until(isTrue: () => boolean | Promise<boolean>, everyMs = 5): Promise<void> {
  const began = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - began > PATIENCE_MS) throw new Error(`It is not over after ${PATIENCE_MS / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
