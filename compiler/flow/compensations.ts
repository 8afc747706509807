/** Compensations run in one go, whatever has happened before: they cannot wait. */
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { compensationSuspends } from "../diagnostics/catalog/saga.ts";
import type { ResolvedWorkflow } from "../resolve/resolved.ts";
import type { Waits } from "./waits.ts";
import { relatedOf, wayText } from "./way.ts";

export function checkCompensations({ ast, module }: ResolvedWorkflow, waits: Waits, bag: DiagnosticBag): void {
  for (const item of ast.items) {
    if (item.kind !== "compensate") continue;
    const way = waits.in(item.body, module);
    const [first] = way ?? [];
    if (!way || !first) continue;
    const location = { source: module.file.source, span: first.node.span };
    bag.report(compensationSuspends, location, { name: item.name.text, ...wayText(way) }, relatedOf(way));
  }
}
