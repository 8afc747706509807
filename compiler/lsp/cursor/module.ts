import type { Module, SourceFile } from "../../ast/nodes.ts";
import type { Environment } from "../../resolve/environment.ts";
import type { View } from "../view.ts";

/** What names mean at a place; null outside of every module. */
export function environmentAt({ snapshot, file }: View, offset: number): Environment | null {
  const around = file.modules.filter(({ span }) => span.start <= offset && offset <= span.end);
  const ast = around.at(-1) ?? nearest(file, offset);
  const module = ast && snapshot.program.resolved.modules.get(ast.name.text);
  return module ? snapshot.environmentOf(module) : null;
}

/** While its `end` is missing, a module may seem to be over before the place. */
function nearest({ modules }: SourceFile, offset: number): Module | undefined {
  return modules.findLast(({ span }) => span.start <= offset) ?? modules[0];
}
