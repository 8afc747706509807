/** `durable show`: one execution, its attempts, what it undoes, and what it logged. */
import { unknownExecution } from "../client/existing.ts";
import { sourceOf, unplaced } from "../interpreter/source.ts";
import type { Execution, ExecutionError, HistoryEntry, Wait } from "../store/store.ts";
import { frameText, placeText } from "./frame.ts";
import type { Opened, Printed } from "./operation.ts";
import { table } from "./table.ts";

export async function show({ durable }: Opened, id = ""): Promise<Printed> {
  const execution = await durable.get(id);
  if (execution === null) throw unknownExecution(id);
  const history = await durable.history(id);
  const found = [summary(execution), frameOf(execution), attempts(history), undone(execution)];
  const parts = [...found, logged(execution, history)];
  return { json: { ...execution, history }, text: parts.filter((part) => part !== null).join("\n\n") };
}

function summary(execution: Execution): string {
  const { id, module, workflow, status, queue, state, attempt, wakeAt, createdAt, endedAt, input, result, error } =
    execution;
  const place = state === null ? null : `${state}, attempt ${attempt}`;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const lines = {
    id,
    workflow: `${module}/${workflow}`,
    status,
    queue,
    at: place,
    waits: execution.wait === null ? null : waitText(execution.wait),
    due: wakeAt,
    created: createdAt,
    ended: endedAt,
  };
  const all = Object.entries({
    ...lines,
    input: json(input),
    result: json(result),
    error: error === null ? null : json(unplaced(error)),
    from: placeOf(error),
  });
  return all.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(9)} ${value}`])).join("\n");
}

/** The code that failed, where it is at hand. */
function frameOf({ error }: Execution): string | null {
  const source = error === null ? null : sourceOf(error);
  return source === null ? null : frameText(source);
}

function placeOf(error: ExecutionError | null): string | null {
  const source = error === null ? null : sourceOf(error);
  return source === null ? null : placeText(source);
}

const EVENTS = { one: "the event", any: "any of the events", all: "all of the events" } as const;

function waitText(wait: Wait): string {
  const until = "until" in wait && wait.until !== null ? `, until ${wait.until}` : "";
  switch (wait.on) {
    case "time":
      return `until ${wait.until}`;
    case "child":
      return `for its child ${wait.ref} (${wait.id})${until}`;
    case "event":
      return `for ${EVENTS[wait.mode]} ${wait.names.join(", ")}${until}`;
    case "input":
      return `for the input ${wait.name}${until}`;
    case "join":
      return `for its ${wait.ids.length} parallel branches`;
  }
}

/** What was logged and printed, by the attempts that have ended and the one under way; null when nothing was. */
function logged({ overlay }: Execution, history: readonly HistoryEntry[]): string | null {
  const lines = [...history.flatMap(({ step, log }) => log.map((entry) => ({ step, entry }))), ...underWay(overlay)];
  if (lines.length === 0) return null;
  const rows = lines.map(({ step, entry: { at, level, source, message, metadata } }) => {
    const more = Object.keys(metadata).length === 0 ? "" : ` ${JSON.stringify(metadata)}`;
    return [at, source === "io" ? "io" : level, step, `${message.trimEnd()}${more}`];
  });
  return table(["LOGGED", "LEVEL", "STEP", "MESSAGE"], rows, "");
}

function underWay({ log = [] }: Execution["overlay"]) {
  return log.map((entry) => ({ step: "(now)", entry }));
}

function attempts(history: readonly HistoryEntry[]): string {
  const rows = history.map(({ step, branch, attempt, status, startedAt, endedAt, error }) => [
    branch === null ? step : `${branch}: ${step}`,
    attempt,
    status,
    `${Date.parse(endedAt) - Date.parse(startedAt)} ms`,
    error?.message ?? null,
    placeOf(error),
  ]);
  return table(["STEP", "ATTEMPT", "STATUS", "TOOK", "ERROR", "FROM"], rows, "No step has ended yet.");
}

/** The saga; null where there is none. */
function undone({ compensations }: Execution): string | null {
  if (!compensations) return null;
  const rows = compensations.map(({ step, branch, compensation, status, error }) => [
    branch === null ? step : `${branch}: ${step}`,
    compensation,
    status,
    error?.message ?? null,
    placeOf(error),
  ]);
  return table(["UNDOES", "BY", "STATUS", "ERROR", "FROM"], rows, "Nothing is to be undone.");
}
