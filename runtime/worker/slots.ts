/** How many executions a worker may hold at once, by queue. */
import type { ClaimRequest } from "../store/store.ts";

export type Room = ClaimRequest["queues"];

export interface Slots {
  /** Takes one; false when the worker does not serve the queue or has no room on it. */
  reserve(queue: string): boolean;
  release(queue: string, count?: number): void;
  /** Nothing more of the queue can be taken. */
  isFull(queue: string): boolean;
  /** Takes all that are free, so that nobody else counts on them while they are being filled. */
  reserveAll(): Room;
}

export function slotsOf(queues: { readonly [name: string]: { readonly concurrency: number } }): Slots {
  const room = new Map(Object.entries(queues).map(([name, { concurrency }]) => [name, concurrency]));
  const change = (queue: string, by: number) => void room.set(queue, room.get(queue)! + by);
  return {
    reserve: (queue) => {
      if ((room.get(queue) ?? 0) <= 0) return false;
      change(queue, -1);
      return true;
    },
    release: (queue, count = 1) => change(queue, count),
    isFull: (queue) => room.get(queue)! <= 0,
    reserveAll: () => {
      const free = [...room].filter(([, limit]) => limit > 0).map(([name, limit]) => ({ name, limit }));
      for (const { name, limit } of free) change(name, -limit);
      return free;
    },
  };
}
