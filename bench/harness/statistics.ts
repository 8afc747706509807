/** What is made of the rounds of a measurement. */

/** A number measured in several rounds: the one in the middle, and the outermost. */
export interface Measured {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly rounds: number;
}

export function measured(values: readonly number[]): Measured {
  return {
    median: percentile(values, 50),
    min: Math.min(...values),
    max: Math.max(...values),
    rounds: values.length,
  };
}

/** Between two values, the one a straight line gives. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const at = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below + (above - below) * (at - Math.floor(at));
}
