/** Turns of phrase that several rules share. */

/** ", by way of `confirm`, then `call_workflow(Payment, …)`"; nothing for no calls. */
export function byWayOf(calls: readonly string[]): string {
  return calls.length === 0 ? "" : `, by way of ${calls.map((call) => `\`${call}\``).join(", then ")}`;
}

const units = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1_000],
] as const;

/** "2 hours", "90 minutes", "1500 milliseconds": in the largest unit that comes out whole. */
export function durationText(ms: number): string {
  const unit = units.find(([, size]) => ms >= size && ms % size === 0);
  if (!unit) return `${ms} milliseconds`;
  const count = ms / unit[1];
  return `${count} ${count === 1 ? unit[0].slice(0, -1) : unit[0]}`;
}
