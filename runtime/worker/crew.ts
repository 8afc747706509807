/**
 * The workers of one process that share an embedded database. Virtual time moves for all of them at once, so it moves
 * only when each of them rests, and then to the earliest timer of any.
 */
import { earliest } from "../clock.ts";
import type { Store } from "../store/store.ts";

/** A worker, as its mates see it. */
export interface Mate {
  readonly queues: readonly string[];
  /** It runs nothing, has found nothing to claim, and has not been woken since. */
  readonly rests: () => boolean;
  readonly wake: () => void;
  /** When it last began to look at its queues; null when it has none. */
  readonly lookedAt: () => string | null;
  /** When it has to act next, beside what is on its queues; null for never. */
  readonly nextAt?: () => Promise<string | null>;
}

export type Crew = Set<Mate>;

/** True when everybody but the asker rests; the asker knows about itself. */
export function othersRest(crew: Crew, asker: Mate): boolean {
  return [...crew].every((mate) => mate === asker || mate.rests());
}

/** The earliest timer that somebody of the crew has yet to act on, which may have come due by now; null for none. */
export async function nextOfCrew(store: Store, crew: Crew): Promise<string | null> {
  const mates = [...crew];
  const lookedAt = earliest(...mates.map((mate) => mate.lookedAt())) ?? (await store.now());
  const queues = [...new Set(mates.flatMap((mate) => mate.queues))];
  const { at } = await store.nextWake(queues, lookedAt);
  return earliest(at, ...(await Promise.all(mates.map((mate) => mate.nextAt?.() ?? null))));
}

/** What is due now may be on anybody's queue. */
export function wakeAll(crew: Crew): void {
  for (const mate of crew) mate.wake();
}
