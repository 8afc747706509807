/** What waits for events give: the payloads that the workflow declares, or what stands for the timeout or a cancelled wait. */
import type { Call, Expr } from "../../../ast/nodes.ts";
import { unknownEvent } from "../../../diagnostics/catalog/name.ts";
import { suggest } from "../../../diagnostics/suggest.ts";
import { optionOf } from "../../../resolve/options/call.ts";
import { keywordOptions } from "../../../resolve/options/read.ts";
import { fieldIn } from "../../access.ts";
import { dynamic, nil, none, openRecord, recordOf, required, string, tagged, tupleOf } from "../../construct.ts";
import { union } from "../../join.ts";
import type { RecordOf, Type } from "../../type.ts";
import { keyText } from "../collections.ts";
import { type Frame, report } from "../frame.ts";
import type { BuiltIns } from "./built-in.ts";

/** What `cancelWait` makes of a wait. */
const cancelled = tagged("cancelled", dynamic);

export const waitBuiltIns: BuiltIns = {
  // A constant that is no duration has been reported as one.
  "Durable.Wait.sleep": (_node, [ms]) => (ms?.kind === "literal" && ms.form !== "integer" ? nil : null),
  "Durable.Wait.wait_for_event": (node, _args, frame) => {
    const { events } = frame;
    const payload = events && node.args[0] ? payloadOf(node.args[0], events, frame) : null;
    return payload ? union(payload, lateValue(node, nil, frame), cancelled) : unknownOrNil(node, frame);
  },
  "Durable.Wait.wait_for_input": (node, _args, frame) => unknownOrNil(node, frame),
  "Durable.Wait.wait_for_any": (node, _args, frame) => {
    const options = node.args[1];
    const payloads = namedPayloads(node, frame);
    if (payloads) {
      const arrived = payloads.map(({ name, payload }) =>
        tupleOf({ kind: "literal", value: name, form: "string" }, payload),
      );
      return union(...arrived, lateValue(node, tagged("timeout", nil), frame), cancelled);
    }
    if (!options) return null;
    if (!keywordOptions(options)) return dynamic;
    const value = optionOf(node, "timeout_value");
    return value ? union(tupleOf(string, dynamic), frame.checker.types.get(value) ?? dynamic) : null;
  },
  "Durable.Wait.wait_for_all": (node, _args, frame) => {
    const payloads = namedPayloads(node, frame);
    if (!payloads) return null;
    const received = recordOf(payloads.map(({ name, payload }) => [name, required(payload)] as const));
    return union(received, lateValue(node, tagged("timeout", openRecord), frame), cancelled);
  },
};

/** Nothing is known of what a wait gives, but that it is nil when its time is over. Null where it is not sure to be that. */
function unknownOrNil(node: Call, frame: Frame): Type | null {
  if (lateValue(node, nil, frame).kind !== "nil") return null;
  const type: Type = { ...dynamic };
  frame.checker.lateNils.add(type);
  return type;
}

/** What the wait gives when its time is over; nothing where it waits for ever. */
function lateValue(node: Call, otherwise: Type, frame: Frame): Type {
  const options = node.args[1];
  if (!options) return none;
  if (!keywordOptions(options)) return dynamic;
  const timeout = optionOf(node, "timeout");
  if (!timeout || (timeout.kind === "literal" && timeout.value === "infinity")) return none;
  const value = optionOf(node, "timeout_value");
  return value ? (frame.checker.types.get(value) ?? dynamic) : otherwise;
}

/** Null where the workflow declares no events, or the names are only known at run time. */
function namedPayloads(node: Call, frame: Frame): { readonly name: string; readonly payload: Type }[] | null {
  const { events } = frame;
  const [names] = node.args;
  if (!events || names?.kind !== "list" || names.tail) return null;
  const found = names.items.map((item) => ({ name: keyText(item, frame), payload: payloadOf(item, events, frame) }));
  const known = found.flatMap(({ name, payload }) => (name === null || payload === null ? [] : [{ name, payload }]));
  return known.length === found.length ? known : null;
}

/** Null for a name that is only known at run time, or that the workflow does not declare. */
function payloadOf(name: Expr, events: RecordOf, frame: Frame): Type | null {
  const text = keyText(name, frame);
  if (text === null) return null;
  const field = fieldIn(events, text);
  if (field) return field.type;
  const known = [...events.fields.keys()];
  report(frame, unknownEvent, name.span, { name: text, known, suggestion: suggest(text, known) });
  return null;
}
