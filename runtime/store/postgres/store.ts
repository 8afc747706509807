/** The store on Postgres, embedded or not: each operation is its query, sent again where that helps, and its hints. */
import { randomUUID } from "node:crypto";
import { ended } from "../../status.ts";
import type { StoreError } from "../errors.ts";
import type { Claim, ClaimRequest, CommitResult, Store, Transition } from "../store.ts";
import { apart, type Rows, splitting } from "./batch.ts";
import type { Database } from "./database.ts";
import { sendAll } from "./deliveries.ts";
import { type Hints, hints } from "./hints.ts";
import { migrate } from "./migrate.ts";
import { adopt } from "./queries/adopt.ts";
import { backlogs } from "./queries/backlogs.ts";
import { cancel } from "./queries/cancel.ts";
import { cancelBranches } from "./queries/cancel-branches.ts";
import { cascade } from "./queries/cascade.ts";
import { checkpoint, isCheckpoint } from "./queries/checkpoint.ts";
import { claim } from "./queries/claim.ts";
import { advanceClock, nextWake, now } from "./queries/clock.ts";
import { commit } from "./queries/commit.ts";
import { completedSteps } from "./queries/completed-steps.ts";
import { history } from "./queries/history.ts";
import { markUnknownCode } from "./queries/mark-unknown-code.ts";
import { children, counts, get, list } from "./queries/read.ts";
import { recoverExpired } from "./queries/recover-expired.ts";
import { registerWorker } from "./queries/register-worker.ts";
import { renewLease } from "./queries/renew-lease.ts";
import { retireWorker } from "./queries/retire-worker.ts";
import { start } from "./queries/start.ts";
import { patiently, resending, storeError } from "./resend.ts";
import { scheduleOperations } from "./schedule-operations.ts";
import { withSchema } from "./schema.ts";
import { messageOf } from "./sqlstate.ts";
import { type Unanswered, unanswered } from "./unanswered.ts";
import { upkeepOperations } from "./upkeep-operations.ts";
import { waitOperations } from "./wait-operations.ts";
import { within } from "./within.ts";

/** The store in one schema of a database. Closing it closes the database. */
export function postgresStore(bare: Database, schema: string): Store {
  const once = withSchema(bare, schema);
  const database = resending(once);
  const channel = `durable_${schema}`;
  const hint = hints(once, channel);
  return {
    ...clientOperations(database, hint),
    ...workerOperations(once, database, hint),
    ...waitOperations(database, hint),
    ...scheduleOperations(database, hint),
    ...upkeepOperations(database, hint),
    within: (client) => within(client, schema, bare.listen === null ? null : channel),
    migrate: () => migrating(bare, schema),
    close: async () => {
      await hint.close();
      await bare.close();
    },
    listen: hint.listen,
  };
}

type WorkerOperations = Pick<
  Store,
  | "commit"
  | "registerWorker"
  | "renewLease"
  | "retireWorker"
  | "recoverExpired"
  | "markUnknownCode"
  | "claim"
  | "adopt"
  | "nextWake"
  | "cascade"
>;

function workerOperations(once: Database, database: Database, hint: Hints): WorkerOperations {
  const lost = unanswered();
  return {
    commit: (transitions) => commitAll(database, hint, transitions),
    claim: (request) => patiently(once.address, () => claimOnce(once, request, lost)),
    adopt: (worker, rootId, id) => adopt(database, worker, rootId, id),
    registerWorker: (worker) => registerWorker(database, worker),
    renewLease: (renewal) => renewLease(database, renewal, lost.tokens()),
    retireWorker: async (worker) => hint.send(await retireWorker(database, worker)),
    recoverExpired: async () => {
      const recovered = await recoverExpired(database);
      hint.send(recovered.hint);
      return recovered.count;
    },
    markUnknownCode: async () => hint.send(await markUnknownCode(database)),
    cascade: async () => {
      const pass = await cascade(database);
      hint.send(pass.hint);
      return pass.cancelled;
    },
    nextWake: (queues, since) => nextWake(database, queues, since),
  };
}

function clientOperations(
  database: Database,
  hint: Hints,
): Pick<
  Store,
  | "start"
  | "sendEvents"
  | "cancel"
  | "cancelBranches"
  | "backlogs"
  | "now"
  | "advanceClock"
  | "get"
  | "list"
  | "children"
  | "history"
  | "completedSteps"
  | "counts"
> {
  return {
    start: async (executions) => {
      const started = await start(database, executions, hint.carrier());
      hint.send(started.hint);
      return started.results;
    },
    sendEvents: async (events) => {
      const sent = await sendAll(database, events, hint.carrier());
      hint.send(sent.hint);
      return sent.results;
    },
    cancel: async (id, error, by) => {
      const cancelled = await cancel(database, id, error, by);
      hint.send(cancelled.hint);
      return cancelled.result;
    },
    cancelBranches: async (rootId, by, error) => {
      const cancelled = await cancelBranches(database, rootId, by, error);
      hint.send(cancelled.hint);
      return cancelled.count;
    },
    backlogs: (queues) => backlogs(database, queues),
    now: () => now(database),
    advanceClock: (time) => advanceClock(database, time),
    get: (id) => get(database, id),
    list: (filter) => list(database, filter),
    children: (parentId) => children(database, parentId),
    history: (id) => history(database, id),
    completedSteps: (id) => completedSteps(database, id),
    counts: () => counts(database),
  };
}

async function commitAll(
  database: Database,
  hint: Hints,
  transitions: readonly Transition[],
): Promise<readonly CommitResult[]> {
  const checkpoints = transitions.filter(isCheckpoint);
  const others = transitions.filter((transition) => !isCheckpoint(transition));
  const sent = await Promise.all([
    splitting(checkpoints, (batch) => checkpointOrCommit(database, hint, batch), refused),
    commitApart(database, hint, others),
  ]);
  const all = sent.flat();
  const results = new Map([...checkpoints, ...others].map((transition, n) => [transition, all[n]!]));
  return transitions.map((transition) => results.get(transition)!);
}

/** What was not as simple as it looked is judged as any other transition. */
async function checkpointOrCommit(
  database: Database,
  hint: Hints,
  batch: readonly Transition[],
): Promise<readonly CommitResult[]> {
  if (batch.length === 0) return [];
  const signals = await checkpoint(database, batch);
  const applied = batch.filter((_, n) => signals.has(n));
  hint.send({ queues: [], ended: applied.filter(({ progress }) => ended(progress.status)).map(({ id }) => id) });
  const left = batch.filter((_, n) => !signals.has(n));
  const judged = await commitApart(database, hint, left);
  return batch.map((transition, n) => {
    const now = signals.get(n);
    if (now === undefined) return judged[left.indexOf(transition)]!;
    return { outcome: "applied", status: transition.progress.status, signals: now, handedOver: [] };
  });
}

async function commitApart(
  database: Database,
  hint: Hints,
  transitions: readonly Transition[],
): Promise<readonly CommitResult[]> {
  const send = async (batch: readonly Transition[]): Promise<readonly CommitResult[]> => {
    const committed = await commit(database, batch);
    hint.send(committed.hint);
    return committed.results;
  };
  const results: CommitResult[] = [];
  for (const piece of apart(transitions, rowsOf)) results.push(...(await splitting(piece, send, refused)));
  return results;
}

function refused(_: Transition, error: StoreError): CommitResult {
  return { outcome: "refused", reason: messageOf(error.cause) };
}

/** Any number of children may end in one statement: their parent is woken once. */
function rowsOf({ id, parentId, progress, children }: Transition): Rows {
  const parent = parentId !== null && ended(progress.status) ? [parentId] : [];
  return { own: [id, ...children.map((child) => child.id)], shared: parent };
}

/** Each attempt has a token of its own: what a lost one took must not be mixed up with what the next one takes. */
async function claimOnce(once: Database, request: ClaimRequest, lost: Unanswered): Promise<readonly Claim[]> {
  const token = randomUUID();
  try {
    return await claim(once, request, token);
  } catch (error) {
    lost.add(token);
    throw error;
  }
}

/** Not patient: whoever starts up wants to know at once that nobody is there. */
async function migrating(bare: Database, schema: string): Promise<void> {
  try {
    await migrate(bare, schema);
  } catch (error) {
    throw storeError(error, bare.address);
  }
}
