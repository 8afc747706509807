/** The public API: for apps, and what compiled workflows import. */
export { z } from "zod";
export { createDurable, type Durable, type DurableOptions } from "./client/durable.ts";
export type { Handle, ResultOptions, Started } from "./client/handle.ts";
export type { StartOptions } from "./client/start.ts";
export type { CleanupOptions, DrainOptions, Queues, Upkeep } from "./client/upkeep.ts";
export type { SendEventOptions, Waits } from "./client/waits.ts";
export {
  DurableError,
  type DurableErrorCode,
  ExecutionFailedError,
  InvalidInputError,
  ResultTimeoutError,
} from "./errors.ts";
export { foreign } from "./fakes.ts";
export { fromForeign } from "./foreign.ts";
export { sourceOf } from "./interpreter/source.ts";
export type { CallOptions, EventOptions, InputOptions, Io } from "./io.ts";
export type { Data, Dynamic } from "./json.ts";
export {
  type Body,
  type ChildOutcome,
  defineMachine,
  error,
  goto,
  Jump,
  jump,
  type Machine,
  type Outcome,
  ok,
  type ParallelState,
  type Saved,
  type State,
  type StateId,
  type StepResult,
  Suspension,
} from "./machine.ts";
export {
  Access,
  add,
  argumentError,
  arithmeticError,
  at,
  Base,
  badFunctionError,
  badMapError,
  both,
  Calendar,
  Crypto,
  caseClauseError,
  compare,
  compareText,
  concat,
  condClauseError,
  Dates,
  DateTime,
  div,
  divide,
  Enum,
  Exception,
  either,
  elements,
  equals,
  Float,
  fail,
  field,
  finite,
  functionClauseError,
  Helpers,
  hasKey,
  Integer,
  inspect,
  isIn,
  isMap,
  Json,
  joinText,
  Kernel,
  Keyword,
  keyError,
  keyText,
  List,
  Logger,
  Maps,
  Maths,
  mapOf,
  matchError,
  matches,
  multiply,
  negate,
  not,
  number,
  Processes,
  power,
  put,
  Raised,
  Rand,
  Regex,
  range,
  regex,
  rem,
  requireBoolean,
  StdIo,
  Strings,
  sortedKeys,
  subtract,
  Time,
  text,
  truthy,
  tryClauseError,
  Uri,
  updateMap,
  withClauseError,
  without,
} from "./prelude/index.ts";
export type { Settings } from "./settings.ts";
export { ended, isStatus, STATUSES } from "./status.ts";
export { StoreError, type StoreErrorCode } from "./store/errors.ts";
export type { EventWait, InputFilter, OpenInput, WaitFilter } from "./store/inputs.ts";
export type {
  Compensation,
  ErrorSource,
  Execution,
  ExecutionError,
  ExecutionFilter,
  ExecutionStatus,
  HistoryEntry,
  LogEntry,
  TransactionClient,
  Wait,
} from "./store/store.ts";
export type { Deleted, Finding, Parked, QueueStats, WorkerState } from "./store/upkeep.ts";
export type { Backlog, Labels, SegmentLabels, SegmentResult, Telemetry, TraceContext } from "./telemetry.ts";
export { type DurableContext, durableContext } from "./worker/current.ts";
export { rescued } from "./worker/rescued.ts";
export type { StopOptions, Worker, WorkerOptions } from "./worker/worker.ts";
