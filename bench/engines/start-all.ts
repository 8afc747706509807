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

/** Asks until it says yes. */
export async function until(isTrue: () => boolean | Promise<boolean>, everyMs = 5): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, everyMs));
}
