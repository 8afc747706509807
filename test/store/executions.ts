/** Executions and transitions for the store's tests: complete ones, of which a test says only what matters to it. */
import type { OpenedInput } from "../../runtime/store/inputs.ts";
import type {
  Claim,
  Execution,
  HistoryEntry,
  NewExecution,
  Progress,
  Renewal,
  Store,
  Transition,
  Wait,
} from "../../runtime/store/store.ts";

export const WORKER = "worker-1";
export const KEY = "key";
const TIME = "2026-01-01T00:00:00.000Z";

export function root(id: string, given: Partial<NewExecution> = {}): NewExecution {
  return {
    rootId: id,
    id,
    logicalId: id,
    parentId: null,
    kind: "root",
    ref: null,
    site: null,
    position: [],
    module: "Shop",
    workflow: "order",
    queue: "default",
    priority: 0,
    input: { total: 5 },
    state: "first",
    resumeKey: KEY,
    wakeAt: null,
    timeoutMs: null,
    owner: null,
    ...given,
  };
}

export function child(
  of: Pick<Execution, "rootId" | "id">,
  id: string,
  given: Partial<NewExecution> = {},
): NewExecution {
  return root(id, {
    rootId: of.rootId,
    parentId: of.id,
    kind: "call",
    ref: id,
    site: `first@call:${id}`,
    queue: "children",
    ...given,
  });
}

/** The next transition of a held execution: as it stands, changed by what is given. */
export function transition(
  { rootId, id, epoch, claim, seq, signals, parentId, ...now }: Execution,
  progress: Partial<Progress> = {},
  given: Partial<Transition> = {},
): Transition {
  return {
    rootId,
    id,
    epoch,
    claim,
    seq,
    signals,
    parentId,
    progress: { ...progressOf(now), ...progress },
    history: [],
    children: [],
    consumed: [],
    cascading: false,
    ...given,
  };
}

function progressOf(now: Progress): Progress {
  const { status, state, resumeKey, attempt, attemptStartedAt, data, overlay, saved, received } = now;
  const { wait, branches, wakeAt, stepDeadline, deadline, result, error } = now;
  return {
    ...{ status, state, resumeKey, attempt, attemptStartedAt, data, overlay, saved, received },
    ...{ wait, branches, wakeAt, stepDeadline, deadline, result, error },
  };
}

export const COMPLETED: Partial<Progress> = {
  status: "completed",
  state: null,
  resumeKey: null,
  wait: null,
  result: { done: true },
};

export function waiting(wait: Wait, wakeAt: string | null = null): Partial<Progress> {
  return { status: "waiting", wait, wakeAt };
}

export function onChild(id: string): Wait {
  return { on: "child", id, ref: id, until: null, timeoutValue: "child_timeout", onTimeout: "leave" };
}

export function onEvent(...names: readonly string[]): Wait {
  return { on: "event", names, mode: names.length === 1 ? "one" : "any", until: null, timeoutValue: null };
}

export function onInput(name: string, until: string | null = null): Wait {
  return { on: "input", name, until, timeoutValue: null };
}

/** The request that opens with `onInput`. */
export function asks(name: string, given: Partial<OpenedInput> = {}): OpenedInput {
  const rest = { prompt: null, fields: null, choices: null, metadata: null, until: null };
  return { name, type: "approval", onTimeout: "resume", ...rest, ...given };
}

export function attempt(given: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    state: "first",
    step: "first",
    kind: "step",
    branch: null,
    attempt: 1,
    status: "completed",
    output: { n: 1 },
    error: null,
    log: [],
    startedAt: TIME,
    endedAt: TIME,
    ...given,
  };
}

export async function registered(store: Store, worker = WORKER, resumeKeys: readonly string[] = [KEY]): Promise<void> {
  await store.registerWorker({ worker, host: "here", pid: 1, leaseMs: 60_000, queues: ["default"], resumeKeys });
}

/** By a worker with nothing in hand. */
export function renewal(worker: string, given: Partial<Renewal> = {}): Renewal {
  return { worker, leaseMs: 60_000, inHand: [], astray: [], ...given };
}

/** Claims what is due in one queue. */
export function claimAll(store: Store, queue = "default", worker = WORKER, limit = 100): Promise<readonly Claim[]> {
  return store.claim({ worker, queues: [{ name: queue, limit }] });
}

/** Starts one execution in a queue of its own and claims it. */
export async function held(store: Store, id: string, given: Partial<NewExecution> = {}): Promise<Execution> {
  await store.start([root(id, { queue: `q-${id}`, ...given })]);
  const [claim] = await claimAll(store, given.queue ?? `q-${id}`);
  return claim!.execution;
}

/** Commits one transition that must be applied, and gives the execution as it stands afterwards. */
export async function applied(store: Store, one: Transition): Promise<Execution> {
  const [result] = await store.commit([one]);
  if (result?.outcome !== "applied") throw new Error(`not applied: ${JSON.stringify(result)}`);
  return (await store.get(one.id))!;
}
