/** What is wrong with reading a key: the checks behind `data.total` and `data[:total]`. */
import type { Access, Call, Expr, Field } from "../../ast/nodes.ts";
import { timeoutUnhandled } from "../../diagnostics/catalog/timeout.ts";
import { badOperand, maybeMissingKey, maybeNil, unknownKey } from "../../diagnostics/catalog/type.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Read } from "../access.ts";
import { membersOf } from "../join.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { type Frame, locate, report } from "./frame.ts";

/** One finding at most: what a timeout may have put there explains the rest. */
export function checkFieldRead(node: Field, object: Type, read: Read, frame: Frame): void {
  if (reportTimeoutValue(node, object, frame)) return;
  const key = node.key.text;
  const found = read.type.kind !== "none" || read.optional.length > 0;
  if (!found && read.absent.length > 0) {
    const names = read.absent.flatMap((record) => [...record.fields.keys()]);
    report(frame, unknownKey, node.key.span, { key, names: [...new Set(names)], suggestion: suggest(key, names) });
  } else if (!found && read.keyless.length > 0) {
    report(frame, badOperand, node.object.span, { operation: `.${key}`, expected: "a map", actual: show(object) });
  } else if (!read.sure && read.optional.length > 0) {
    report(frame, maybeMissingKey, node.key.span, { key, access: accessForm(node) });
  } else if (found && read.nil) {
    report(frame, maybeNil, node.object.span, { what: `\`.${key}\`` });
  }
}

export function checkAccess(node: Access, object: Type, frame: Frame): void {
  if (reportTimeoutValue(node, object, frame)) return;
  const members = membersOf(object);
  if (members.length > 0 && members.every(isKeyless)) {
    report(frame, badOperand, node.object.span, { operation: "[…]", expected: "a map", actual: show(object) });
  }
}

function isKeyless(type: Type): boolean {
  return !["dynamic", "variable", "none", "nil", "record", "list"].includes(type.kind);
}

function accessForm(node: Field): string {
  return node.object.kind === "variable" ? `${node.object.name}[:${node.key.text}]` : `[:${node.key.text}]`;
}

/** Whether the value may be that of a timeout, which has then been reported. */
export function reportTimeoutValue(node: Expr, type: Type, frame: Frame): boolean {
  const found = timeoutValueIn(type, frame);
  if (!found) return false;
  const related = [{ message: "the timeout is given here", location: locate(frame, found.call.name.span) }];
  report(frame, timeoutUnhandled, node.span, { value: show(found.value) }, related);
  return true;
}

/** The timeout value among other members: alone it has been told apart, and reading it is the author's business. */
function timeoutValueIn(type: Type, frame: Frame): { readonly value: Type; readonly call: Call } | null {
  if (type.kind !== "union") return null;
  for (const value of type.members) {
    const call = frame.checker.timeoutValues.get(value);
    if (call) return { value, call };
  }
  return null;
}
