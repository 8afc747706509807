/** Fires schedules as they come due, until it is stopped. */

import type { Durable } from "../client/durable.ts";
import { type Bell, bell } from "../worker/bell.ts";
import type { OnError } from "../worker/patiently.ts";
import { printError } from "../worker/state.ts";
import { fireDue } from "./firing.ts";
import { registrationOf } from "./registration.ts";

export interface SchedulerOptions {
  /** How often to look for schedules that others have changed; default 60 000. */
  readonly pollMs?: number;
  /** Told of failures that it gets over; default: one line on stderr. */
  readonly onError?: OnError;
}

export interface Scheduler {
  stop(): Promise<void>;
}

/** Registers the `@schedule`s of the workflows that `durable` knows and fires what is due, theirs or others'. */
export async function startScheduler(
  durable: Durable,
  { pollMs = 60_000, onError = printError }: SchedulerOptions = {},
): Promise<Scheduler> {
  await registerAll(durable);
  const { store, crew } = durable.parts;
  const ring = bell();
  const state = { stopping: false };
  const mate = {
    queues: [],
    rests: ring.quiet,
    wake: ring.ring,
    lookedAt: () => null,
    nextAt: async () => (await store.nextSchedule())?.at ?? null,
  };
  crew.add(mate);
  const loop = keepFiring(durable, ring, state, pollMs, onError);
  return {
    stop: async () => {
      state.stopping = true;
      ring.ring();
      await loop;
      crew.delete(mate);
    },
  };
}

/** Inserts or updates the schedules that the workflows declare. */
export async function registerAll({ registry, parts: { store } }: Durable): Promise<void> {
  const now = await store.now();
  const declared = registry.machines.flatMap((machine) =>
    (machine.schedules ?? []).map((schedule) => registrationOf(machine, schedule, now)),
  );
  if (declared.length > 0) await store.upsertSchedules(declared);
}

async function keepFiring(
  { registry, parts: { store, settings } }: Durable,
  ring: Bell,
  state: { readonly stopping: boolean },
  pollMs: number,
  onError: OnError,
): Promise<void> {
  while (!state.stopping) {
    try {
      while ((await fireDue(store, registry, settings.telemetry)) > 0);
      const next = await store.nextSchedule();
      if (!state.stopping) await ring.heard(Math.min(pollMs, next?.inMs ?? pollMs));
    } catch (error) {
      onError(error);
      await ring.heard(pollMs);
    }
  }
}
