/** Events in any number and order, cut into pieces that one statement can take. */
import type { EventDelivery, EventResult } from "../store.ts";
import { apart } from "./batch.ts";
import type { Database } from "./database.ts";
import { type Sent, sendEvents } from "./queries/send-events.ts";

export async function sendAll(
  database: Database,
  events: readonly EventDelivery[],
  channel: string | null,
): Promise<Sent> {
  const results: EventResult[] = [];
  const queues = new Set<string>();
  let told = true;
  const rowsOf = ({ executionId, eventId }: EventDelivery) => ({ own: [JSON.stringify([executionId, eventId])] });
  for (const piece of apart(events, rowsOf)) {
    const sent = await sendEvents(database, piece, channel);
    results.push(...sent.results);
    for (const queue of sent.hint.queues) queues.add(queue);
    told &&= sent.hint.told === true;
  }
  return { results, hint: { queues: [...queues], ended: [], told } };
}
