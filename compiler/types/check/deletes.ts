/** `{:ok, delete(data, :key)}`: leaving a key out of what is returned does not remove it. */
import type { Call, Expr, Fn, Pattern } from "../../ast/nodes.ts";
import { deleteHasNoEffect } from "../../diagnostics/catalog/flow.ts";
import type { Local } from "../../resolve/resolved.ts";
import { type Frame, report } from "./frame.ts";

export function checkDeletes(body: Fn, frame: Frame): void {
  const data = new Set(body.clauses.flatMap(({ params }) => (params[0] ? wholeValue(params[0], frame) : [])));
  for (const { expr } of frame.returns) {
    if (expr?.kind !== "tuple") continue;
    const [tag, value] = expr.items;
    if (tag?.kind !== "literal" || tag.value !== "ok" || value?.kind !== "call") continue;
    checkDelete(value, data, frame);
  }
}

/** The variables that hold all of what a pattern is matched with. */
function wholeValue(pattern: Pattern, frame: Frame): Local[] {
  if (pattern.kind === "bothPattern") return [...wholeValue(pattern.left, frame), ...wholeValue(pattern.right, frame)];
  const local = pattern.kind === "variablePattern" ? frame.checker.resolved.locals.get(pattern) : undefined;
  return local ? [local] : [];
}

const deleting: ReadonlySet<string> = new Set(["Durable.Helpers.delete", "Map.delete", "Map.drop"]);

/** Looks through the changes that are made to the data one after the other. */
function checkDelete(call: Call, data: ReadonlySet<Local>, frame: Frame): void {
  const target = frame.checker.resolved.calls.get(call);
  const [changed, key] = call.args;
  if (target?.kind !== "prelude" || !changed || originOf(changed, data, frame) === null) return;
  if (key && deleting.has(`${target.function.module}.${target.function.name}`)) {
    report(frame, deleteHasNoEffect, call.name.span, { key: textOf(key, frame) });
  } else if (changed.kind === "call") {
    checkDelete(changed, data, frame);
  }
}

/** The data variable at the start of a chain of changes, or null. */
function originOf(expr: Expr, data: ReadonlySet<Local>, frame: Frame): Local | null {
  if (expr.kind === "call") return expr.args[0] ? originOf(expr.args[0], data, frame) : null;
  const local = expr.kind === "variable" ? frame.checker.resolved.locals.get(expr) : undefined;
  return local && data.has(local) ? local : null;
}

function textOf(key: Expr, frame: Frame): string {
  return frame.module.file.source.text.slice(key.span.start, key.span.end);
}
