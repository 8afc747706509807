/** Commands for executions that wait: events, answers, and what is waited for. */

import { given, number, text } from "../given.ts";
import { known } from "../known.ts";
import type { Opened, Printed } from "../operation.ts";
import { type OperationCommand, type Option, several, whole } from "../options.ts";
import { table } from "../table.ts";
import { readPayload } from "../values.ts";

/** The database does not know what a workflow may come to wait for; its code does. */
const CHECKED: Option = [
  "--workflows <module>",
  "refuse names that its workflow never waits for; may be repeated",
  several,
];

export const waitCommands: readonly OperationCommand[] = [
  {
    usage: "send-event <id> <name> [payload]",
    description: "deliver an event; the payload is JSON, or else a text",
    options: [["--event-id <id>", "of the delivery; repeats of it are ignored"], CHECKED],
    run: async ({ durable, options }, id = "", name = "", payload?: string) => {
      const eventId = text(options.eventId);
      await durable.sendEvent(id, name, readPayload(payload), eventId === undefined ? {} : { id: eventId });
      return { json: { delivered: name }, text: `Delivered ${name} to ${id}.` };
    },
  },
  {
    usage: "provide-input <id> <name> [answer]",
    description: "answer what a person is asked; the answer is JSON, or else a text",
    options: [CHECKED],
    run: async ({ durable }, id = "", name = "", answer?: string) => {
      await durable.provideInput(id, name, readPayload(answer));
      return { json: { answered: name }, text: `Answered ${name} of ${id}.` };
    },
  },
  {
    usage: "pending [id]",
    description: "what people are asked and which events are waited for; those that time out first come first",
    options: [["--limit <n>", "of each; default: 50", whole(1)]],
    run: pending,
  },
  {
    usage: "cancel-wait <id>",
    description: "end what an execution waits for; the wait gives {:cancelled, reason}",
    options: [["--reason <text>", "default: cancelled"]],
    run: async ({ durable, options }, id = "") => {
      await durable.cancelWait(id, text(options.reason));
      return { json: { cancelled: id }, text: `${id} does not wait any more.` };
    },
  },
];

async function pending({ durable, options }: Opened, executionId?: string): Promise<Printed> {
  if (executionId !== undefined) await known(durable, executionId);
  const filter = given({ executionId, limit: number(options.limit) });
  const [inputs, events] = await Promise.all([durable.listPendingInputs(filter), durable.listPendingEvents(filter)]);
  const rows = [
    ...inputs.map(({ executionId: id, name, type, prompt, until }) => [id, type, name, until, prompt]),
    ...events.map(({ executionId: id, names, mode, until }) => [id, `event (${mode})`, names.join(", "), until, null]),
  ];
  const headings = ["EXECUTION", "WAITS FOR", "NAME", "UNTIL", "PROMPT"];
  return { json: { inputs, events }, text: table(headings, rows, "Nobody waits for an answer or an event.") };
}
