/**
 * The workers of one process that share an embedded database. Virtual time moves for all of them at once, so it moves
 * only when each of them rests, and then to the earliest timer of any.
 */
import { earliest } from "../clock.ts";

/** A worker, as its mates see it. */
export interface Mate {
  readonly queues: readonly string[];
  /** It runs nothing, has found nothing to claim, and has not been woken since. */
  readonly rests: () => boolean;
  readonly wake: () => void;
  /** When it has to act next, beside what is on its queues; null for never. */
  readonly nextAt?: () => Promise<string | null>;
}

export type Crew = Set<Mate>;

/** True when everybody but the asker rests; the asker knows about itself. */
export function othersRest(crew: Crew, asker: Mate): boolean {
  return [...crew].every((mate) => mate === asker || mate.rests());
}

export function queuesOf(crew: Crew): readonly string[] {
  return [...new Set([...crew].flatMap(({ queues }) => queues))];
}

/** When the first of the others' own timers is due; null for never. */
export async function nextOfCrew(crew: Crew): Promise<string | null> {
  const times = await Promise.all([...crew].map((mate) => mate.nextAt?.() ?? null));
  return earliest(...times);
}

/** What is due now may be on anybody's queue. */
export function wakeAll(crew: Crew): void {
  for (const mate of crew) mate.wake();
}
