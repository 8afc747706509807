/** What executions wait for from outside: inputs and events. None of these locks anything. */
import type { Data, Dynamic } from "../../../json.ts";
import type { EventWait, InputFilter, OpenInput, WaitFilter } from "../../inputs.ts";
import { awaitedInput } from "../awaited-input.ts";
import type { Database, Statement } from "../database.ts";
import { data, json, list, nullable, object, oneOf, rows, text, time } from "../decode.ts";
import { NOW } from "../records.ts";

export const LIST_INPUTS: Statement = {
  name: "durable_list_inputs",
  text: `
SELECT i.logical_id AS "executionId", e.module, e.workflow, e.state, i.name, i.type, i.prompt, i.fields, i.choices,
  i.metadata, i.on_timeout AS "onTimeout", (e.wait->>'until')::timestamptz AS until, i.opened_at AS "openedAt"
FROM durable.inputs i JOIN durable.executions e ON e.id = i.id AND e.root_id = i.root_id
WHERE i.response IS NULL AND ${awaitedInput("e", "i.name")}
  AND coalesce((e.wait->>'until')::timestamptz > ${NOW}, true)
  AND NOT EXISTS (
    SELECT FROM durable.inputs later
    WHERE later.root_id = i.root_id AND later.logical_id = i.logical_id AND later.id = i.id AND later.name = i.name
      AND later.opening > i.opening)
  AND ($1::text IS NULL OR i.logical_id = $1)
  AND ($2::text IS NULL OR i.name = $2)
  AND ($3::timestamptz IS NULL OR (e.wait->>'until')::timestamptz < $3)
ORDER BY until NULLS LAST, i.opening
LIMIT $4`,
};

export const LIST_WAITS: Statement = {
  name: "durable_list_waits",
  text: `
SELECT e.logical_id AS "executionId", e.module, e.workflow, e.state, e.wait->'names' AS names, e.wait->>'mode' AS mode,
  (e.wait->>'until')::timestamptz AS until
FROM durable.executions e
WHERE e.status = 'waiting' AND e.wait->>'on' = 'event'
  AND ($1::text IS NULL OR e.logical_id = $1)
  AND ($2::text IS NULL OR e.wait->'names' ? $2)
ORDER BY until NULLS LAST, e.born
LIMIT $3`,
};

const openInput = object<OpenInput>({
  executionId: text,
  module: text,
  workflow: text,
  state: nullable(text),
  name: text,
  type: oneOf("approval", "single_choice", "multi_choice", "free_text", "form"),
  prompt: nullable(text),
  fields: nullable(list<Data>(data)),
  choices: nullable(list(json<Dynamic>())),
  metadata: nullable(data),
  onTimeout: oneOf("resume", "fail"),
  until: nullable(time),
  openedAt: time,
});

const eventWait = object<EventWait>({
  executionId: text,
  module: text,
  workflow: text,
  state: nullable(text),
  names: list(text),
  mode: oneOf("one", "any", "all"),
  until: nullable(time),
});

export async function listInputs(database: Database, filter: InputFilter): Promise<readonly OpenInput[]> {
  const { executionId = null, name = null, timeoutBefore = null, limit } = filter;
  return rows("listInputs", await database.query(LIST_INPUTS, [executionId, name, timeoutBefore, limit]), openInput);
}

export async function listWaits(database: Database, filter: WaitFilter): Promise<readonly EventWait[]> {
  const { executionId = null, name = null, limit } = filter;
  return rows("listWaits", await database.query(LIST_WAITS, [executionId, name, limit]), eventWait);
}
