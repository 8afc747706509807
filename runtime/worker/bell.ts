/** Something to wait on: it can be rung before, while or after somebody listens, and a ring is never lost. */
export interface Bell {
  readonly ring: () => void;
  /** Rings after so many milliseconds, unless it rings before. */
  readonly ringIn: (ms: number) => void;
  /** Resolves when it rings, at once when it has rung since it was last heard, or after `ms`; null waits for ever. */
  heard(ms: number | null): Promise<void>;
  /** True while somebody listens and it has not rung. */
  readonly quiet: () => boolean;
}

/** Longer delays overflow setTimeout, which then fires at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

function delayOf(ms: number): number {
  return Math.min(Math.max(ms, 0), MAX_DELAY_MS);
}

export function bell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  let alarm: { readonly at: number; readonly timer: NodeJS.Timeout } | null = null;
  const ring = () => {
    clearTimeout(alarm?.timer);
    alarm = null;
    rung = true;
    wake?.();
  };
  return {
    ring,
    ringIn: (ms) => {
      const at = performance.now() + ms;
      if (alarm !== null && alarm.at <= at) return;
      clearTimeout(alarm?.timer);
      alarm = { at, timer: setTimeout(ring, delayOf(ms)).unref() };
    },
    heard: (ms) =>
      new Promise((resolve) => {
        const hear = () => {
          clearTimeout(timer);
          wake = null;
          rung = false;
          resolve();
        };
        const timer = ms === null || rung ? undefined : setTimeout(hear, delayOf(ms));
        if (rung) hear();
        else wake = hear;
      }),
    quiet: () => wake !== null && !rung,
  };
}
