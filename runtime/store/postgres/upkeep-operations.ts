/** `UpkeepOperations` on Postgres. */
import type { RetryResult, UpkeepOperations } from "../upkeep.ts";
import type { Database } from "./database.ts";
import type { Hints } from "./hints.ts";
import { cascade } from "./queries/cascade.ts";
import { deleteEnded } from "./queries/delete-ended.ts";
import { deleteUnusedBuilds } from "./queries/delete-unused-builds.ts";
import { findings } from "./queries/findings.ts";
import { parked } from "./queries/parked.ts";
import { heldIn, pauseQueue, queues, resumeQueue } from "./queries/queues.ts";
import { retry } from "./queries/retry.ts";
import { workers } from "./queries/workers.ts";

export function upkeepOperations(database: Database, hint: Hints): UpkeepOperations {
  return {
    pauseQueue: (name) => pauseQueue(database, name),
    resumeQueue: async (name) => {
      await resumeQueue(database, name);
      hint.send({ queues: [name], ended: [] });
    },
    queues: () => queues(database),
    heldIn: (queue) => heldIn(database, queue),
    workers: () => workers(database),
    parked: (limit) => parked(database, limit),
    findings: (options) => findings(database, options),
    deleteEnded: (retention) => deleteEnded(database, retention),
    deleteUnusedBuilds: (before) => deleteUnusedBuilds(database, before),
    retry: (id) => retryFailed(database, hint, id),
  };
}

/** What a failure has marked is cancelled first: the mark would reach the children that the retry creates. */
async function retryFailed(database: Database, hint: Hints, id: string): Promise<RetryResult> {
  for (;;) {
    const retried = await retry(database, id);
    hint.send(retried.hint);
    if (retried.result !== "cascading") return retried.result;
    hint.send((await cascade(database)).hint);
  }
}
