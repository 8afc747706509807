/** From a machine and an input to a new execution's row. */
import { DurableError, InvalidInputError } from "../errors.ts";
import { newId } from "../ids.ts";
import { inputIssues } from "../input.ts";
import { resumeKeyOf } from "../interpreter/move.ts";
import type { Data } from "../json.ts";
import type { Machine } from "../machine.ts";
import { refuseOversize } from "../payload.ts";
import type { Settings } from "../settings.ts";
import type { NewExecution, TransactionClient } from "../store/store.ts";

export interface StartOptions {
  /** Starting again with the same id gives the same execution. Default: a new UUID. */
  readonly id?: string;
  /** Default: the workflow's own queue, else `default`. */
  readonly queue?: string;
  /** Higher first; default 0. */
  readonly priority?: number;
  /** A client of `pg` inside the app's own transaction: the execution exists if and when that commits. */
  readonly client?: TransactionClient;
  /** Not before this time. */
  readonly at?: Date;
}

/** Throws `InvalidInputError` and `payload_too_large`. */
export function newRoot(
  machine: Machine,
  input: unknown,
  options: StartOptions,
  { maxPayloadBytes }: Settings,
): NewExecution {
  const id = options.id ?? newId();
  return {
    rootId: id,
    id,
    logicalId: id,
    parentId: null,
    kind: "root",
    ref: null,
    site: null,
    position: [],
    module: machine.module,
    workflow: machine.workflow,
    queue: options.queue ?? machine.queue ?? "default",
    priority: options.priority ?? 0,
    input: checkedInput(machine, input, maxPayloadBytes),
    state: machine.start,
    resumeKey: resumeKeyOf(machine, machine.start),
    wakeAt: options.at?.toISOString() ?? null,
    timeoutMs: machine.timeoutMs ?? null,
    owner: null,
  };
}

/** An id that is taken has to be taken by the same workflow. */
export function idTaken(machine: Machine, id: string, by: { module: string; workflow: string }): DurableError {
  return new DurableError(
    "id_taken",
    `The id ${id} belongs to an execution of ${by.module} "${by.workflow}", not of ${machine.module} "${machine.workflow}".`,
    "Choose ids that tell workflows apart, for example by a prefix.",
  );
}

function checkedInput(machine: Machine, input: unknown, maxPayloadBytes: number): Data {
  const issues = inputIssues(machine, input);
  if (issues.length > 0) throw new InvalidInputError(`${machine.module} "${machine.workflow}"`, issues);
  refuseOversize(input, `the input for ${machine.module} "${machine.workflow}"`, maxPayloadBytes);
  return input as Data;
}
