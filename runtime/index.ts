/** The public API: for apps, and what compiled workflows import. */
export { createDurable, type Durable, type DurableOptions, type SendEventOptions } from "./client/durable.ts";
export type { Handle, ResultOptions } from "./client/handle.ts";
export type { StartOptions } from "./client/start.ts";
export {
  DurableError,
  type DurableErrorCode,
  ExecutionFailedError,
  InvalidInputError,
  ResultTimeoutError,
} from "./errors.ts";
export { fromForeign } from "./foreign.ts";
export type { CallOptions, EventOptions, InputOptions, Io } from "./io.ts";
export type { Data, Dynamic, Json } from "./json.ts";
export {
  type Body,
  defineMachine,
  error,
  goto,
  Jump,
  jump,
  type Machine,
  type Outcome,
  ok,
  type Saved,
  type State,
  type StateId,
  type StepResult,
  Suspension,
} from "./machine.ts";
export { ended, isStatus, STATUSES } from "./status.ts";
export { StoreError, type StoreErrorCode } from "./store/errors.ts";
export type {
  Execution,
  ExecutionError,
  ExecutionFilter,
  ExecutionStatus,
  HistoryEntry,
  LogEntry,
} from "./store/store.ts";
export { type DurableContext, durableContext } from "./worker/current.ts";
export type { StopOptions, Worker, WorkerOptions } from "./worker/worker.ts";
