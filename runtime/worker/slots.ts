/** How many executions a worker may hold at once, by queue. */
import type { ClaimRequest } from "../store/store.ts";

export interface Slots {
  /** False when the worker does not serve the queue or has no room on it. */
  reserve(queue: string): boolean;
  release(queue: string): void;
  /** Queues with room. */
  free(): ClaimRequest["queues"];
}

export function slotsOf(queues: { readonly [name: string]: { readonly concurrency: number } }): Slots {
  const room = new Map(Object.entries(queues).map(([name, { concurrency }]) => [name, concurrency]));
  const change = (queue: string, by: number) => room.set(queue, room.get(queue)! + by);
  return {
    reserve: (queue) => {
      if ((room.get(queue) ?? 0) <= 0) return false;
      change(queue, -1);
      return true;
    },
    release: (queue) => void change(queue, 1),
    free: () => [...room].filter(([, limit]) => limit > 0).map(([name, limit]) => ({ name, limit })),
  };
}
