/** What follows from a cancel, whoever asked for it: it is told, and what lives below is cancelled, too. */
import type { Store } from "./store/store.ts";
import type { Telemetry } from "./telemetry.ts";

/** Tells of an execution that has just been cancelled. */
export async function tellCancelled(store: Pick<Store, "get">, telemetry: Telemetry, id: string): Promise<void> {
  const execution = await store.get(id);
  // A queued branch is no workflow of its own; null is one that has been cleaned up already.
  if (execution !== null && execution.kind !== "branch") telemetry.ended(execution, "cancelled");
}

/** Finishes every cancel that has begun. */
export async function cascade(store: Pick<Store, "cascade">, telemetry: Telemetry): Promise<void> {
  for (;;) {
    const cancelled = await store.cascade();
    if (cancelled === null) return;
    for (const labels of cancelled) telemetry.ended(labels, "cancelled");
  }
}
