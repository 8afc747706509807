/**
 * Times are ISO 8601 UTC strings, as persisted. A worker never trusts its own clock: it reads `durable.now()` with what
 * it fetches anyway and moves on from there by a monotonic one.
 */

/** `time` moved by so many milliseconds. */
export function later(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}

/** True when `time` is set and is not after `now`. */
export function due(time: string | null, now: string): boolean {
  return time !== null && Date.parse(time) <= Date.parse(now);
}

/** The earliest of the times that are set; null when none is. */
export function earliest(...times: readonly (string | null)[]): string | null {
  const set = times.filter((time) => time !== null);
  return set.length === 0 ? null : set.reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a));
}

/** `durable.now()` without asking the database each time. */
export interface Clock {
  now(): string;
  /** Takes in what the database said its time is. */
  observe(now: string): void;
}

/** A clock that follows the database's, however wrong the machine's own may be. */
export function followingClock(): Clock {
  let anchor = { time: Date.now(), at: performance.now() };
  return {
    now: () => new Date(anchor.time + (performance.now() - anchor.at)).toISOString(),
    observe: (now) => {
      anchor = { time: Date.parse(now), at: performance.now() };
    },
  };
}
