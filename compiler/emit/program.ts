import type { SourceFile } from "../ast/nodes.ts";
import { remember } from "../calls/bottom-up.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { LoweredModule, LoweredProgram } from "../ir/lower/program.ts";
import type { BoundModule, Resolution } from "../resolve/resolve.ts";
import type { ResolvedModule, TypedProgram } from "../resolve/resolved.ts";
import type { SourceText } from "../source/source.ts";
import type { EmittedFile } from "./emitted-file.ts";
import { type Exports, planExports } from "./exports.ts";
import { emitFile } from "./file.ts";

export type Emitter = (
  files: readonly SourceFile[],
  resolution: Resolution,
  typed: TypedProgram,
  program: LoweredProgram,
  outputPath: (source: SourceText) => string,
) => Promise<EmittedFile[]>;

/**
 * A file for every source that declares a workflow or a function. It is written anew only when one of its modules has
 * been lowered anew, or what others call the things that it imports.
 */
export function createEmitter(createBag: () => DiagnosticBag): Emitter {
  const recall = remember<SourceFile, Promise<EmittedFile>>();
  return async (files, resolution, typed, program, outputPath) => {
    const exports = planExports(typed);
    const boundOf = new Map(resolution.modules.map((bound) => [bound.module, bound]));
    const emitted = files.flatMap((ast) => {
      const modules = resolution.modules.filter(({ module }) => module.file === ast);
      const lowered = modules.map(({ module }) => program.modules.get(module)!);
      if (!lowered.some(hasContent)) return [];
      const seen = reachedFrom(modules, boundOf);
      const grounds = [...lowered, ...[...seen].flatMap((module) => outwardText(module, exports, outputPath))];
      const emit = () => emitFile({ ast, modules: lowered }, { bag: createBag(), exports, outputPath });
      return [recall(ast, grounds, emit)];
    });
    return Promise.all(emitted);
  };
}

/** The modules that names lead to, directly or by way of others: a type may come from any of them. */
function reachedFrom(
  modules: readonly BoundModule[],
  boundOf: ReadonlyMap<ResolvedModule, BoundModule>,
): ReadonlySet<ResolvedModule> {
  const reached = new Set(modules.map(({ module }) => module));
  // Grows while it is gone through.
  for (const module of reached) for (const next of boundOf.get(module)?.mentions() ?? []) reached.add(next);
  return reached;
}

function hasContent({ machines, functions }: LoweredModule): boolean {
  return machines.length + functions.length > 0;
}

/** Where a module's generated file stands, and what it exports. */
function outwardText(module: ResolvedModule, exports: Exports, outputPath: (source: SourceText) => string): string[] {
  const definitions = [...module.workflows, ...module.functions.values()];
  return [outputPath(module.file.source), ...definitions.map(exports.nameOf), ...exports.of(module.file.source)];
}
