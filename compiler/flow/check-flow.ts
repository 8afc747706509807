/** What can be said of whole workflows once types are known. */
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { TypedProgram } from "../resolve/resolved.ts";
import { checkCompensations } from "./compensations.ts";
import { checkParallels } from "./parallel.ts";
import { checkRefs } from "./refs.ts";
import { findWaits } from "./waits.ts";

export function checkFlow(program: TypedProgram, bag: DiagnosticBag): void {
  const { resolved } = program;
  const inline = findWaits(resolved, "called");
  const any = findWaits(resolved, "itself");
  for (const module of resolved.modules.values()) {
    for (const workflow of module.workflows) {
      checkRefs(workflow, program, bag);
      checkParallels(workflow, resolved, inline, bag);
      checkCompensations(workflow, any, bag);
    }
  }
}
