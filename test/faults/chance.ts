/** A number in [0, 1), the next each time; mulberry32: small, and the same for the same seed. */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number below `end`. */
export function below(chance: Chance, end: number): number {
  return Math.floor(chance() * end);
}

export function pick<T>(chance: Chance, from: readonly T[]): T {
  return from[below(chance, from.length)]!;
}

export function shuffled<T>(chance: Chance, of: readonly T[]): readonly T[] {
  const keyed = of.map((one) => [chance(), one] as const);
  return keyed.sort(([a], [b]) => a - b).map(([, one]) => one);
}

/** The seed of a run: `DURABLE_SEED`, or one of the moment. */
export function seedOfRun(): number {
  return Number(process.env.DURABLE_SEED ?? Date.now() % 1_000_000);
}
