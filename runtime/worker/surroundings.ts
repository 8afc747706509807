/** What all executions of one worker share. */
import type { Clock } from "../clock.ts";
import type { Registry } from "../registry.ts";

import type { Settings } from "../settings.ts";
import type { Claim, Store } from "../store/store.ts";
import type { Committer } from "./committer.ts";

import type { OnError } from "./patiently.ts";

export interface Surroundings {
  readonly worker: string;
  /** Every operation is repeated until the database answers. */
  readonly store: Pick<Store, "adopt" | "cancel" | "cancelBranches" | "completedSteps" | "get">;
  readonly committer: Committer;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly maxCrashes: number;
  readonly settings: Settings;
  /** In [0, 1). */
  readonly chance: () => number;
  readonly onError: OnError;
  /** The worker is to end: executions are left at their next checkpoint. */
  readonly stopping: () => boolean;
  /** Executions in hand and how to give them up; inline children are among them. */
  readonly inHand: Map<string, () => void>;
  /** Takes a slot on the queue for a child that is about to be created; false when none is free. */
  readonly reserve: (queue: string) => boolean;
  /** Gives back a reserved slot, or runs in it the child that was created in our name. */
  readonly handOver: (queue: string, claim: Claim | null) => void;
  /** Something was cancelled whose descendants are to follow. */
  readonly cascade: () => void;
}
