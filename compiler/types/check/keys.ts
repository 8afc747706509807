/** What is wrong with reading a key: the checks behind `data.total` and `data[:total]`. */
import type { Access, Field } from "../../ast/nodes.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import { badOperand, maybeMissingKey, maybeNil, unknownKey } from "../../diagnostics/catalog/type.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Read } from "../access.ts";
import { membersOf } from "../join.ts";
import { show } from "../show.ts";
import type { Type } from "../type.ts";
import { type Frame, locate, report } from "./frame.ts";
import { mayBeNil, reportLateRead } from "./late.ts";

/** One finding at most: what a timeout may have put there explains the rest. */
export function checkFieldRead(node: Field, object: Type, read: Read, frame: Frame): void {
  if (reportLateRead(node.span, object, frame)) return;
  const key = node.key.text;
  const found = read.type.kind !== "none" || read.optional.length > 0;
  if (!found && read.absent.length > 0) {
    reportUnknownKey(node, object, read, frame);
  } else if (!found && read.keyless.length > 0) {
    report(frame, badOperand, node.object.span, { operation: `.${key}`, expected: "a map", actual: show(object) });
  } else if (!read.sure && read.optional.length > 0) {
    const isData = object === frame.data;
    report(frame, maybeMissingKey, node.key.span, { key, access: accessForm(node), isData });
  } else if (found && mayBeNil(node.object, object, frame)) {
    report(frame, maybeNil, node.object.span, { what: `\`.${key}\`` });
  }
}

/** Of a step's own data it is worth knowing which steps set the key; that is known when all have been checked. */
function reportUnknownKey({ key }: Field, object: Type, read: Read, frame: Frame): void {
  const names = [...new Set(read.absent.flatMap((record) => [...record.fields.keys()]))];
  const isData = object === frame.data;
  const reportIn = (bag: DiagnosticBag, setBy: readonly string[]) => {
    const suggestion = setBy.length > 0 ? null : suggest(key.text, names);
    bag.report(unknownKey, locate(frame, key.span), { key: key.text, names, setBy, suggestion, isData });
  };
  if (isData && frame.unknownKeys) frame.unknownKeys.push((setBy, bag) => reportIn(bag, setBy(key.text)));
  else reportIn(frame.checker.bag, []);
}

export function checkAccess(node: Access, object: Type, frame: Frame): void {
  if (reportLateRead(node.span, object, frame)) return;
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
