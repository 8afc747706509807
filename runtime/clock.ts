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
  let first: string | null = null;
  for (const time of times) if (time !== null && (first === null || Date.parse(time) < Date.parse(first))) first = time;
  return first;
}

/** `durable.now()` without asking the database each time. */
export interface Clock {
  now(): string;
  /** Takes in what the database said its time is. */
  observe(now: string): void;
}

/** No answer is under way for longer. */
const UNDER_WAY_MS = 60_000;

/**
 * A clock that follows the database's, however wrong the machine's own may be. What the database said is old by the time
 * it is read, so an answer moves it on and not back: no attempt ends before it began. Only one that is far behind does, as
 * after a failover to a server whose clock is another.
 */
export function followingClock(): Clock {
  let anchor = { time: Date.now(), at: performance.now(), isSet: false };
  const current = () => anchor.time + (performance.now() - anchor.at);
  // Writing a time costs a microsecond, and within a millisecond it is asked for dozens of times.
  let last = { ms: Number.NaN, text: "" };
  return {
    now: () => {
      const ms = Math.floor(current());
      if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
      return last.text;
    },
    observe: (now) => {
      const time = Date.parse(now);
      const behind = current() - time;
      if (!anchor.isSet || behind < 0 || behind > UNDER_WAY_MS) anchor = { time, at: performance.now(), isSet: true };
    },
  };
}
