/** The way in for an app: one object that knows its database and its workflows. */
import { cascade, tellCancelled } from "../cancelling.ts";
import { DurableError } from "../errors.ts";
import { failure } from "../interpreter/failure.ts";
import type { Dynamic } from "../json.ts";
import type { Machine } from "../machine.ts";
import { type Registry, registryOf } from "../registry.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings.ts";
import { createStore, type StoreOptions } from "../store/create.ts";
import type {
  Execution,
  ExecutionFilter,
  ExecutionStatus,
  HistoryEntry,
  NewExecution,
  Store,
  TransactionClient,
} from "../store/store.ts";
import type { Crew } from "../worker/crew.ts";
import { startWorker, type Worker, type WorkerOptions } from "../worker/worker.ts";
import { type Endings, endingsOf } from "./endings.ts";
import { endedAlready, existing, unknownExecution } from "./existing.ts";
import { endedExecution, type Handle, handleOf, type ResultOptions, type Started } from "./handle.ts";
import { idTaken, newRoot, type StartOptions } from "./start.ts";
import { type Start, startingIn } from "./starting.ts";
import { type Upkeep, upkeepOf } from "./upkeep.ts";
import { type Waits, waitsOf } from "./waits.ts";

export interface DurableOptions extends Omit<StoreOptions, "database">, Partial<Settings> {
  /** As in `StoreOptions`; undefined, as from an unset variable of the environment, is the default. */
  readonly database?: string | undefined;
  /** Generated machines; the children they reach come along. */
  readonly workflows?: readonly Machine[];
}

export interface Durable extends Waits, Upkeep {
  readonly registry: Registry;
  /** What the entry points of their own build on: schedules and testing. */
  readonly parts: { readonly store: Store; readonly crew: Crew; readonly settings: Settings };
  /** Starts an execution, or finds the one that has this id. Throws `InvalidInputError`, `payload_too_large`, `id_taken`. */
  start<Input, Output, Events>(
    machine: Machine<Input, Output, Events>,
    input: Input,
    options?: StartOptions,
  ): Promise<Started<Output, Events>>;
  /** A handle on an execution that exists already; the machine is there for the types of the result and the events. */
  handle<Output = Dynamic, Events = Dynamic>(
    id: string,
    machine?: Machine<Dynamic, Output, Events>,
  ): Handle<Output, Events>;
  /** Null when there is none. */
  get(id: string): Promise<Execution | null>;
  /** Newest first, 50 unless `limit` says otherwise; `after` continues a page. */
  list(filter?: Partial<ExecutionFilter>): Promise<readonly Execution[]>;
  /** One row for each attempt of a step, oldest first. */
  history(id: string): Promise<readonly HistoryEntry[]>;
  /** Waits until it has ended, in whatever way. */
  ended(id: string, options?: ResultOptions): Promise<Execution>;
  /** Ends it and its live descendants. Throws when it is unknown, has ended, or is being compensated. */
  cancel(id: string, reason?: string): Promise<void>;
  /** Oldest first. */
  listChildren(id: string, filter?: { readonly status?: ExecutionStatus }): Promise<readonly Execution[]>;
  /** How many executions there are of each status. */
  counts(): Promise<readonly { readonly status: ExecutionStatus; readonly count: number }[]>;
  /** Sets a worker going in this process. */
  work(options?: WorkerOptions): Promise<Worker>;
  /** Stops the workers of this object and closes the database. */
  close(): Promise<void>;
}

interface Client {
  readonly store: Store;
  readonly starts: Start;
  readonly registry: Registry;
  readonly endings: Endings;
  readonly settings: Settings;
  readonly sendEvent: Waits["sendEvent"];
}

const PAGE = 50;

/** Opens the database, brings its schema up to date, and knows the given workflows. Throws `StoreError`s. */
export async function createDurable(options: DurableOptions = {}): Promise<Durable> {
  const { workflows = [], database, maxPayloadBytes, telemetry, ...rest } = options;
  const registry = registryOf(workflows);
  const settings = {
    maxPayloadBytes: maxPayloadBytes ?? DEFAULT_SETTINGS.maxPayloadBytes,
    telemetry: telemetry ?? DEFAULT_SETTINGS.telemetry,
  };
  return durableOn(await createStore({ ...rest, ...(database === undefined ? {} : { database }) }), registry, settings);
}

/** The same on a store that is already open. */
export function durableOn(store: Store, registry: Registry, settings: Settings = DEFAULT_SETTINGS): Durable {
  const waits = waitsOf({ store, registry, settings });
  const client: Client = {
    store,
    starts: startingIn(store),
    registry,
    endings: endingsOf(store),
    settings,
    sendEvent: waits.sendEvent,
  };
  const workers: Worker[] = [];
  const crew: Crew = new Set();
  return {
    registry,
    parts: { store, crew, settings },
    start: (machine, input, options = {}) => start(client, machine, input, options),
    handle: (id) => handleOf(client, id),
    get: (id) => store.get(id),
    list: (filter = {}) => store.list({ limit: PAGE, ...filter }),
    history: (id) => store.history(id),
    ended: (id, options = {}) => endedExecution(store, client.endings, id, options),
    cancel: (id, reason) => cancel(client, id, reason),
    ...waits,
    ...upkeepOf(store),
    listChildren: async (id, { status } = {}) =>
      (await store.children(id)).filter((child) => status === undefined || child.status === status),
    counts: () => store.counts(),
    work: async (options) => {
      const worker = await startWorker(store, registry, options, crew, settings);
      workers.push(worker);
      return worker;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await client.endings.close();
      await store.close();
    },
  };
}

async function start<Input, Output, Events>(
  client: Client,
  machine: Machine<Input, Output, Events>,
  input: Input,
  options: StartOptions,
): Promise<Started<Output, Events>> {
  const { store, starts, settings } = client;
  const execution = newRoot(machine as Machine, input, options, settings);
  const { telemetry } = settings;
  const { client: transaction } = options;
  const created = await telemetry.starting(execution, (trace) => {
    const traced = { ...execution, trace };
    return transaction === undefined ? starts(traced) : startWithin(store, transaction, traced);
  });
  if (created) telemetry.started(execution);
  else {
    const same = await existing(store, execution.id);
    if (same.module !== machine.module || same.workflow !== machine.workflow) throw idTaken(machine, same.id, same);
  }
  return { ...handleOf<Output, Events>(client, execution.id), created };
}

async function startWithin(store: Store, client: TransactionClient, execution: NewExecution): Promise<boolean> {
  const [started] = await store.within(client).start([execution]);
  return started!.created;
}

async function cancel({ store, settings }: Client, id: string, reason?: string): Promise<void> {
  const result = await store.cancel(id, failure("cancelled", reason ?? "The execution was cancelled."));
  if (result === "unknown_execution") throw unknownExecution(id);
  if (result === "already_ended") throw endedAlready(id);
  if (result === "compensating") {
    const message = `The execution ${id} is undoing its steps and cannot be cancelled.`;
    throw new DurableError("compensating_execution", message, "Wait until it has ended.");
  }
  await tellCancelled(store, settings.telemetry, id);
  await cascade(store, settings.telemetry);
}
