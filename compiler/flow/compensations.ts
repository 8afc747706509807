/** Compensations run in one go, whatever has happened before: they cannot wait. */
import { linksIn } from "../calls/outline.ts";
import { compensationSuspends } from "../diagnostics/catalog/saga.ts";
import type { ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import type { Unwaiting } from "./unwaiting.ts";
import { relatedOf, wayText } from "./way.ts";

export function compensationsOf({ ast, module }: ResolvedWorkflow, program: ResolvedProgram): Unwaiting[] {
  return ast.items.flatMap((item) => {
    if (item.kind !== "compensate") return [];
    const report: Unwaiting["report"] = (first, way, bag) => {
      const location = { source: module.file.source, span: first.node.span };
      bag.report(compensationSuspends, location, { name: item.name.text, ...wayText(way) }, relatedOf(way));
    };
    return [{ links: linksIn(item.body, module, program), children: "itself", report }];
  });
}
