/** What outsiders do for executions that wait: send events, answer questions, or end the wait. */
import { DurableError } from "../errors.ts";
import { newId } from "../ids.ts";
import { issuesOf, issuesText } from "../input.ts";
import { unpersistable } from "../interpreter/persistable.ts";
import type { Dynamic } from "../json.ts";
import type { Machine } from "../machine.ts";
import { refuseOversize } from "../payload.ts";
import { type Registry, workflowKey } from "../registry.ts";
import type { Settings } from "../settings.ts";
import { ended } from "../status.ts";
import type { EventWait, InputFilter, OpenInput, WaitFilter } from "../store/inputs.ts";
import type { EventResult, Store, TransactionClient } from "../store/store.ts";
import { acceptedAnswer } from "./answer.ts";
import { endedAlready, existing, unknownExecution } from "./existing.ts";
import { within } from "./transaction.ts";

export interface SendEventOptions {
  /** Of the delivery: a repeat is ignored, so that webhooks may come twice. Default: a new one. */
  readonly id?: string;
  /** A client of `pg` inside the app's own transaction: the event is sent if and when that commits. */
  readonly client?: TransactionClient;
}

export interface Waits {
  /**
   * Kept until the execution waits for the name. Throws when the execution is unknown, has ended, or can never wait for the
   * name, `payload_too_large`, and `invalid_payload` for what cannot be stored or is not what the workflow declares.
   */
  sendEvent(id: string, name: string, payload: Dynamic, options?: SendEventOptions): Promise<void>;
  /**
   * Answers what a person was asked. Of several answers one wins: the others throw `already_answered`. Throws
   * `invalid_answer` for what does not fit the question, `payload_too_large`, and `unknown_input` when nobody is asked this now.
   */
  provideInput(id: string, name: string, answer: Dynamic): Promise<void>;
  /** Ends what the execution waits for now: the wait gives `{:cancelled, reason}`. Throws `not_waiting`. */
  cancelWait(id: string, reason?: string): Promise<void>;
  /** What people are asked now, 50 unless `limit` says otherwise; those that time out first come first. */
  listPendingInputs(filter?: Partial<InputFilter>): Promise<readonly OpenInput[]>;
  /** Who waits for events now, in the same order. */
  listPendingEvents(filter?: Partial<WaitFilter>): Promise<readonly EventWait[]>;
}

interface Client {
  readonly store: Store;
  readonly registry: Registry;
  readonly settings: Settings;
}

const PAGE = 50;

export function waitsOf(client: Client): Waits {
  const { store } = client;
  return {
    sendEvent: (id, name, payload, options = {}) => sendEvent(client, id, name, payload, options),
    provideInput: (id, name, answer) => provideInput(client, id, name, answer),
    cancelWait: (id, reason) => cancelWait(client, id, reason ?? "cancelled"),
    listPendingInputs: (filter = {}) => store.listInputs({ limit: PAGE, ...filter }),
    listPendingEvents: (filter = {}) => store.listWaits({ limit: PAGE, ...filter }),
  };
}

async function sendEvent(
  client: Client,
  executionId: string,
  name: string,
  payload: Dynamic,
  { id: eventId = newId(), client: transaction }: SendEventOptions,
): Promise<void> {
  const problem = unpersistable(payload, "it");
  if (problem !== null) {
    const message = `Only JSON can be the payload of an event, but ${problem}.`;
    throw new DurableError("invalid_payload", message, "Convert it before it is sent.");
  }
  refuseOversize(payload, `the payload of the event ${name}`, client.settings.maxPayloadBytes);
  const send = async (workflows: readonly string[] | null): Promise<EventResult | undefined> => {
    const delivery = { executionId, eventId, name, payload, fits: workflows };
    const [result] = await within(client.store, transaction).sendEvents([delivery]);
    return result;
  };
  const workflows = fitting(client.registry, name, payload);
  let result = workflows?.length === 0 ? "unfit" : await send(workflows);
  if (result === "unfit") {
    const machine = await machineOf(client, executionId);
    if (machine !== null && !fits(machine, name, payload)) throw refusal(machine, name, payload);
    // Of a workflow that this client does not know.
    result = await send(null);
  }
  if (result === "unknown_execution") throw unknownExecution(executionId);
  if (result === "ended_execution") throw endedAlready(executionId);
}

/** Known beforehand, so that the statement that delivers looks at the workflow as well. */
function fitting({ machines }: Registry, name: string, payload: Dynamic): readonly string[] | null {
  if (machines.length === 0) return null;
  return machines.filter((machine) => fits(machine, name, payload)).map(workflowKey);
}

/** The workflow's declarations allow the event. */
function fits({ events, payloads }: Machine, name: string, payload: Dynamic): boolean {
  return mayWaitFor(events, name) && issuesOf(payloads?.[name], payload).length === 0;
}

/** Why they do not. */
function refusal({ module, workflow, events, payloads }: Machine, name: string, payload: Dynamic): DurableError {
  if (!mayWaitFor(events, name)) {
    const message = `${module} "${workflow}" never waits for the event ${name}.`;
    return new DurableError("unknown_event", message, waitsFor("event", events));
  }
  const issues = issuesText(issuesOf(payloads?.[name], payload));
  const message = `What is sent with the event ${name} is not what ${module} "${workflow}" declares: ${issues}`;
  return new DurableError("invalid_payload", message, "Send what its `events:` say.");
}

async function provideInput(client: Client, executionId: string, name: string, answer: Dynamic): Promise<void> {
  const { store } = client;
  const [request] = await store.listInputs({ executionId, name, limit: 1 });
  if (request === undefined) throw await notAsked(client, executionId, name);
  const response = acceptedAnswer(request, answer);
  refuseOversize(response, `the answer to ${name}`, client.settings.maxPayloadBytes);
  const [result] = await store.provideInputs([{ executionId, name, response }]);
  if (result === "already_answered") {
    throw new DurableError("already_answered", `The input ${name} was answered before.`, "The first answer counts.");
  }
  if (result !== "answered") throw await notAsked(client, executionId, name);
}

async function notAsked(client: Client, id: string, name: string): Promise<DurableError> {
  const machine = await machineOf(client, id);
  if (ended((await existing(client.store, id)).status)) return endedAlready(id);
  if (machine !== null && !mayWaitFor(machine.inputs, name)) {
    const message = `${machine.module} "${machine.workflow}" never asks for the input ${name}.`;
    return new DurableError("unknown_input", message, waitsFor("input", machine.inputs));
  }
  const message = `The execution ${id} does not wait for the input ${name} now.`;
  return new DurableError("unknown_input", message, "Look at `durable pending` for what is asked.");
}

async function cancelWait({ store }: Client, id: string, reason: string): Promise<void> {
  const result = await store.cancelWait(id, reason);
  if (result === "unknown_execution") throw unknownExecution(id);
  if (result === "ended_execution") throw endedAlready(id);
  if (result === "not_waiting") {
    throw new DurableError("not_waiting", `The execution ${id} does not wait now.`, "There is nothing to cancel.");
  }
}

/** Null where there is no such execution, or this client does not know its machine. */
async function machineOf({ store, registry }: Client, id: string): Promise<Machine | null> {
  const execution = await store.get(id);
  return execution === null ? null : registry.find(execution.module, execution.workflow);
}

/** A name that is never waited for is a mistake, unless the names are computed. */
function mayWaitFor(names: readonly string[] = [], name: string): boolean {
  return names.includes(name) || names.includes("*");
}

function waitsFor(what: string, names: readonly string[] = []): string {
  return names.length === 0 ? `It waits for no ${what}.` : `It waits for: ${names.join(", ")}.`;
}
