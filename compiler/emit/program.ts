import type { SourceFile } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { LoweredModule, LoweredProgram } from "../ir/lower/program.ts";
import type { SourceText } from "../source/source.ts";
import type { EmittedFile } from "./emitted-file.ts";
import { planExports } from "./exports.ts";
import { emitFile } from "./file.ts";

/** A file for every source that declares a workflow or a function. */
export async function emitProgram(
  files: readonly SourceFile[],
  program: LoweredProgram,
  bag: DiagnosticBag,
  outputPath: (source: SourceText) => string,
): Promise<EmittedFile[]> {
  const exports = planExports(program.facts.program);
  const emitted: EmittedFile[] = [];
  for (const ast of files) {
    const modules = modulesOf(ast, program);
    const machines = modules.flatMap((module) => module.machines);
    const functions = modules.flatMap((module) => module.functions);
    if (machines.length + functions.length === 0) continue;
    emitted.push(await emitFile({ ast, machines, functions }, { facts: program.facts, bag, exports, outputPath }));
  }
  return emitted;
}

function modulesOf(ast: SourceFile, { modules }: LoweredProgram): LoweredModule[] {
  return [...modules].flatMap(([module, lowered]) => (module.file === ast ? [lowered] : []));
}
