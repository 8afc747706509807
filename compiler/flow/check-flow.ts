/** What can be said of whole workflows once types are known. */
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { TypedProgram } from "../resolve/resolved.ts";
import { checkCompensations } from "./compensations.ts";
import { checkEnclosing, checkExpiry, leastTimes } from "./durations.ts";
import { checkParallels } from "./parallel.ts";
import { checkEndlessRecursion } from "./recursion.ts";
import { checkRefs } from "./refs.ts";
import { checkRetries } from "./retries.ts";
import { findWaits } from "./waits.ts";

export function checkFlow(program: TypedProgram, bag: DiagnosticBag): void {
  const { resolved } = program;
  const inline = findWaits(resolved, "called");
  const any = findWaits(resolved, "itself");
  const leastTime = leastTimes(program);
  checkEndlessRecursion(program, bag);
  for (const module of resolved.modules.values()) {
    checkExpiry(module, resolved, leastTime, bag);
    for (const workflow of module.workflows) {
      checkRefs(workflow, program, bag);
      checkParallels(workflow, resolved, inline, bag);
      checkRetries(workflow, resolved, bag);
      checkEnclosing(workflow, resolved, bag);
      checkCompensations(workflow, any, bag);
    }
  }
}
