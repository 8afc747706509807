/** What can be said of whole workflows once types are known. */
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { TypedProgram } from "../resolve/resolved.ts";
import { checkRefs } from "./refs.ts";

export function checkFlow(program: TypedProgram, bag: DiagnosticBag): void {
  for (const module of program.resolved.modules.values()) {
    for (const workflow of module.workflows) checkRefs(workflow, program, bag);
  }
}
