/**
 * What foreign code can find out about the segment that calls it, without being passed anything: carried by
 * AsyncLocalStorage along every await.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { type SegmentPlace, segmentKey } from "../ids.ts";
import type { Flight } from "./flight.ts";

/** For code that a workflow calls: which attempt this is, and when to give up. */
export interface DurableContext {
  readonly executionId: string;
  readonly step: string;
  /** Of the step, from 1. */
  readonly attempt: number;
  /** Equal over attempts of this call, different for every other: for payment providers and the like. */
  readonly idempotencyKey: string;
  /** Fires when the step or workflow times out, is cancelled, or its worker loses or gives up the execution. */
  readonly signal: AbortSignal;
}

/** The running segment. */
export interface CurrentSegment {
  readonly place: SegmentPlace;
  readonly step: string;
  readonly attempt: number;
  readonly flight: Flight;
  /** Foreign calls of this segment that have returned. */
  foreignCalls: number;
}

const current = new AsyncLocalStorage<CurrentSegment>();

/** Runs code as part of a segment. */
export function within<T>(segment: CurrentSegment, code: () => T): T {
  return current.run(segment, code);
}

/** The foreign call that was running has returned. */
export function foreignCallReturned(): void {
  const segment = current.getStore();
  if (segment !== undefined) segment.foreignCalls += 1;
}

/** True when the running segment's result is not wanted any more. */
export function isAborted(): boolean {
  return current.getStore()?.flight.isAborted() ?? false;
}

/** The context of the step that is calling; throws where no workflow is. */
export function durableContext(): DurableContext {
  const segment = current.getStore();
  if (segment === undefined)
    throw new Error("durableContext() can only be called by code that a workflow's step calls");
  return {
    executionId: segment.place.executionId,
    step: segment.step,
    attempt: segment.attempt,
    idempotencyKey: segmentKey(segment.place, `foreign:${segment.foreignCalls}`),
    signal: segment.flight.signal(),
  };
}
