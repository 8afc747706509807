/** The worker's loop: claims what is due as far as there is room, then waits for a reason to look again. */
import { cascade } from "../cancelling.ts";
import type { Claim } from "../store/store.ts";
import { testpoint } from "../testpoint.ts";
import { nextOfCrew, othersRest, wakeAll } from "./crew.ts";
import { execute, type Parting } from "./execute.ts";
import type { Room } from "./slots.ts";
import type { State } from "./state.ts";

/** Resolves when the worker is stopping. Failures of the database are told and got over. */
export async function keepClaiming(state: State): Promise<void> {
  while (!state.stopping) {
    try {
      await housekeep(state);
      const free = state.slots.reserveAll();
      state.lookedAt = state.around.clock.now();
      const claims = await claim(state, free);
      const leavesSome = free.some(({ name, limit }) => countOn(name, claims) === limit);
      if (!leavesSome && !state.stopping && !state.cascading) await idle(state, free);
    } catch (error) {
      state.options.onError(error);
      await state.bell.heard(state.options.pollMs);
    }
  }
}

/** Runs a claimed execution, whose slot is taken. */
export function take(state: State, claim: Claim): void {
  const work = execute(state.around, claim)
    .then((parting) => lookAgainFor(state, parting), state.options.onError)
    .finally(() => {
      // With room left, whatever is due has been claimed; virtual time may move on once nothing runs.
      const looksAgain = state.slots.isFull(claim.execution.queue) || state.options.skipTime !== false;
      state.slots.release(claim.execution.queue);
      state.running.delete(work);
      if (looksAgain) state.bell.ring();
    });
  state.running.add(work);
}

/** Nobody notifies of a timer, and this one has begun since we asked for the next. */
function lookAgainFor({ bell, around, options }: State, parting: Parting): void {
  if (parting.is !== "rests" || parting.wakeAt === null) return;
  const delay = Date.parse(parting.wakeAt) - Date.parse(around.clock.now());
  if (delay < options.pollMs) bell.ringIn(delay);
}

/** Fills reserved slots as far as something is due. */
async function claim(state: State, free: Room): Promise<readonly Claim[]> {
  const { slots } = state;
  if (free.length === 0) return [];
  let claims: readonly Claim[] = [];
  try {
    claims = await state.store.claim({ worker: state.around.worker, queues: free });
  } finally {
    for (const { name, limit } of free) slots.release(name, limit - countOn(name, claims));
  }
  if (claims.length > 0) testpoint("after-claim");
  for (const { name } of free) {
    const count = countOn(name, claims);
    if (count > 0) state.around.settings.telemetry.claimed(name, count);
  }
  for (const one of claims) {
    state.around.clock.observe(one.now);
    take(state, one);
  }
  return claims;
}

function countOn(queue: string, claims: readonly Claim[]): number {
  return claims.filter(({ execution }) => execution.queue === queue).length;
}

/** Waits for a notification, a slot, the next timer, or the time to look anyway. */
async function idle(state: State, free: Room): Promise<void> {
  const { bell, options } = state;
  if (await skipTime(state)) return;
  const delay = free.length === 0 ? null : await untilTimer(state, free);
  await bell.heard(Math.min(options.pollMs, delay ?? options.pollMs));
}

/** What came due since we looked is due at once. */
async function untilTimer({ store, around, lookedAt }: State, free: Room): Promise<number | null> {
  const queues = free.map(({ name }) => name);
  const { now, at } = await store.nextWake(queues, lookedAt);
  around.clock.observe(now);
  return at === null ? null : Date.parse(at) - Date.parse(now);
}

/** Virtual time: nothing can run, so the next timer is due. */
async function skipTime({ store, crew, mate, around, running, options }: State): Promise<boolean> {
  const may = () => running.size === 0 && othersRest(crew, mate);
  if (options.skipTime === false || !may()) return false;
  const next = await nextOfCrew(store, crew);
  if (next === null || !may() || (typeof options.skipTime === "function" && !options.skipTime())) return false;
  await store.advanceClock(next);
  // The embedded database answers within a turn of the event loop, and with schedules time has no end.
  await new Promise((resolve) => setImmediate(resolve));
  around.clock.observe(await store.now());
  wakeAll(crew);
  return true;
}

/** Whoever dies is missed a lease later: there is no point in looking every second. */
const HOUSEKEEPINGS_A_LEASE = 10;

/** What any worker does for all, now and then: takes back from the dead, clears the way of claims, and finishes cancels. */
async function housekeep(state: State): Promise<void> {
  const { pollMs, leaseMs } = state.options;
  const isTime = performance.now() - state.housekeptAt >= Math.max(pollMs, leaseMs / HOUSEKEEPINGS_A_LEASE);
  if (isTime) {
    state.housekeptAt = performance.now();
    await state.store.recoverExpired();
  }
  if (state.housekeptAt - state.markedAt >= leaseMs) {
    state.markedAt = state.housekeptAt;
    await state.store.markUnknownCode();
  }
  if (!isTime && !state.cascading) return;
  state.cascading = false;
  await cascade(state.store, state.around.settings.telemetry);
}
