/** Turns of phrase that several rules share. */

/** ", by way of `confirm`, then `call_workflow(Payment, …)`"; nothing for no calls. */
export function byWayOf(calls: readonly string[]): string {
  return calls.length === 0 ? "" : `, by way of ${calls.map((call) => `\`${call}\``).join(", then ")}`;
}
