/** What the outside world does for an order. */
import type { Durable } from "@durablec/runtime";

/** What an order waits for; each is sent under an id of its own, so sending it again changes nothing. */
export function eventsOf(total: number): readonly { readonly name: string; readonly payload: object }[] {
  return [
    { name: "agreed", payload: { by: `customer ${total}` } },
    { name: "invoice", payload: { number: total } },
    { name: "receipt", payload: { number: total + 1 } },
  ];
}

export async function sendEvents(durable: Durable, id: string, total: number): Promise<void> {
  for (const { name, payload } of eventsOf(total)) await durable.sendEvent(id, name, payload, { id: name });
}
