/** An execution's row: the columns the queries read and what they become. */
import { STATUSES } from "../../status.ts";
import type { TraceContext } from "../../telemetry.ts";
import type {
  BranchProgress,
  ChildState,
  Compensation,
  Execution,
  ExecutionError,
  FailurePoint,
  Overlay,
  Received,
  Wait,
} from "../store.ts";
import { bool, type Decoder, data, int, list, nullable, object, oneOf, text, time, written } from "./decode.ts";

export const status = oneOf(...STATUSES);
const error = nullable(written<ExecutionError>());

const kindOfWait = object<{ readonly on: Wait["on"] }>({ on: oneOf("child", "time", "event", "input", "join") });

const wait: Decoder<Wait> = (value) => {
  kindOfWait(value);
  return written<Wait>()(value);
};

const FIELDS: {
  readonly [Key in keyof Execution]-?: { readonly column: string; readonly decode: Decoder<Execution[Key]> };
} = {
  rootId: { column: "root_id", decode: text },
  id: { column: "id", decode: text },
  logicalId: { column: "logical_id", decode: text },
  parentId: { column: "parent_id", decode: nullable(text) },
  kind: { column: "kind", decode: oneOf("root", "call", "start", "inline", "branch") },
  ref: { column: "ref", decode: nullable(text) },
  site: { column: "site", decode: nullable(text) },
  position: { column: "position", decode: list(int) },
  module: { column: "module", decode: text },
  workflow: { column: "workflow", decode: text },
  queue: { column: "queue", decode: text },
  priority: { column: "priority", decode: int },
  input: { column: "input", decode: data },
  trace: { column: "trace", decode: nullable(written<TraceContext>()) },
  status: { column: "status", decode: status },
  state: { column: "state", decode: nullable(text) },
  resumeKey: { column: "resume_key", decode: nullable(text) },
  attempt: { column: "attempt", decode: int },
  attemptStartedAt: { column: "attempt_started_at", decode: nullable(time) },
  data: { column: "data", decode: data },
  overlay: { column: "overlay", decode: written<Overlay>() },
  saved: { column: "saved", decode: data },
  received: { column: "received", decode: nullable(written<Received>()) },
  wait: { column: "wait", decode: nullable(wait) },
  branches: { column: "branches", decode: nullable(written<{ readonly [key: string]: BranchProgress }>()) },
  wakeAt: { column: "wake_at", decode: nullable(time) },
  stepDeadline: { column: "step_deadline", decode: nullable(time) },
  deadline: { column: "deadline", decode: nullable(time) },
  result: { column: "result", decode: nullable(data) },
  error: { column: "error", decode: error },
  compensations: { column: "compensations", decode: nullable(list(written<Compensation>())) },
  failure: { column: "failure", decode: nullable(written<FailurePoint>()) },
  epoch: { column: "epoch", decode: int },
  claim: { column: "claim", decode: nullable(text) },
  seq: { column: "seq", decode: int },
  signals: { column: "signals", decode: int },
  crashes: { column: "crashes", decode: int },
  cascading: { column: "cascading", decode: bool },
  createdAt: { column: "created_at", decode: time },
  startedAt: { column: "started_at", decode: nullable(time) },
  endedAt: { column: "ended_at", decode: nullable(time) },
};

/** The columns of an execution under their names in TypeScript, named one by one: `*` would change with the next migration. */
export function executionColumns(alias: string): string {
  return Object.entries(FIELDS)
    .map(([field, { column }]) => `${alias}.${column} AS "${field}"`)
    .join(", ");
}

export const execution: Decoder<Execution> = object<Execution>(
  Object.fromEntries(Object.entries(FIELDS).map(([field, { decode }]) => [field, decode])) as {
    readonly [Key in keyof Execution]: Decoder<Execution[Key]>;
  },
);

export const childState: Decoder<ChildState> = object<ChildState>({
  id: text,
  ref: nullable(text),
  status,
  result: nullable(data),
  error,
});
