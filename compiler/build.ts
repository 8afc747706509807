/** What the command line and other tools ask of the compiler: a project checked, compiled, or written out. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { check, understand } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { applySafeFixes } from "./diagnostics/fixes.ts";
import { withSeverities } from "./diagnostics/severity.ts";
import type { DeclarationFile } from "./emit/declarations.ts";
import type { EmittedFile } from "./emit/emitted-file.ts";
import type { WorkflowGraph } from "./graph/graph.ts";
import { leftoversOf } from "./project/leftovers.ts";
import { UserError } from "./project/user-error.ts";
import { openProject, type Project, type ProjectRequest } from "./project.ts";
import { createSession, type Session } from "./session.ts";
import type { SourceText } from "./source/source.ts";

export interface BuildRequest extends ProjectRequest {
  /** Warnings count as errors, as if the configuration said so. */
  readonly strict?: boolean;
}

export interface ProjectCheck {
  readonly sources: readonly SourceText[];
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: number;
  readonly warnings: number;
}

export interface ProjectBuild extends ProjectCheck {
  /** Empty when there are errors. */
  readonly files: readonly EmittedFile[];
  /** Generated before, of sources that are gone since. Empty when there are errors. */
  readonly leftovers: readonly string[];
}

export interface ProjectGraphs extends ProjectCheck {
  /** In the order of the sources. */
  readonly graphs: readonly WorkflowGraph[];
}

/** Throws a `UserError` when a path names nothing; every other mistake is a diagnostic. */
export async function checkProject(request: BuildRequest): Promise<ProjectCheck> {
  const project = await openProject(request);
  return judged(project, request, check(project.input).diagnostics);
}

/** What every workflow looks like, be it one with mistakes. Throws like `checkProject`. */
export async function graphProject(request: BuildRequest): Promise<ProjectGraphs> {
  const project = await openProject(request);
  const { diagnostics, program } = understand(project.input);
  const { graphOf } = await import("./graph/workflow-graph.ts");
  const workflows = [...program.resolved.modules.values()].flatMap((module) => module.workflows);
  const graphs = workflows.map((workflow) => graphOf(workflow, program));
  return { ...judged(project, request, diagnostics), graphs };
}

/** Applies the fixes that change nothing of what a program means, and says how many there were. Throws like `checkProject`. */
export async function fixProject(request: BuildRequest): Promise<number> {
  const { diagnostics } = await checkProject(request);
  const fixed = applySafeFixes(diagnostics);
  for (const { source, text } of fixed) writeFileSync(resolve(request.cwd, source.path), text);
  return fixed.reduce((sum, { fixes }) => sum + fixes, 0);
}

/** Compiles without writing anything. Throws like `checkProject`. */
export function compileProject(request: BuildRequest): Promise<ProjectBuild> {
  return createBuilder(request)();
}

/** Compiles what is on disk whenever it is called; each time only what has changed since. Throws like `checkProject`. */
export function createBuilder(request: BuildRequest): () => Promise<ProjectBuild> {
  let session: Session | null = null;
  let paths: ReadonlySet<string> = new Set();
  return async () => {
    const project = await openProject(request);
    const { sources, ...options } = project.input;
    session ??= createSession(options);
    session.configure(options);
    const present = new Set(sources.map(({ path }) => path));
    for (const path of paths) if (!present.has(path)) session.update(path, null);
    for (const { path, text } of sources) session.update(path, text);
    paths = present;
    const judgement = judged(project, request, [...session.check().values()].flat());
    if (judgement.errors > 0) return { ...judgement, files: [], leftovers: [] };
    return { ...judgement, files: await session.emit(), leftovers: project.mirror ? leftoversOf(project.mirror) : [] };
  };
}

/** `orders.d.durable.ts` for each `orders.durable`, of a build that goes beside its sources: one with `out: null`. */
export async function declarationFiles({ files }: ProjectBuild): Promise<DeclarationFile[]> {
  const { declarationsFor } = await import("./emit/declarations.ts");
  return files.map(declarationsFor);
}

/** Text for a path, and a source map beside it where there is one. */
export interface OutputFile {
  readonly path: string;
  readonly code: string;
  readonly map?: string;
}

/**
 * Writes what has changed, and says which that was; a file that is as it should be keeps its time. Throws a `UserError`
 * where it cannot write.
 */
export function writeFiles<File extends OutputFile>(files: readonly File[]): File[] {
  return files.filter(({ path, code, map }) => {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const changed = [writeChanged(path, code), map !== undefined && writeChanged(`${path}.map`, map)];
      return changed.includes(true);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new UserError(
        "environment",
        `Cannot write ${path}: ${reason}.`,
        "Make the folder writable, or choose another one with --out.",
      );
    }
  });
}

/** With the maps beside them. */
export function removeFiles(paths: readonly string[]): void {
  for (const path of paths) for (const file of [path, `${path}.map`]) rmSync(file, { force: true });
}

function writeChanged(path: string, text: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path, "utf8") === text) return false;
  writeFileSync(path, text);
  return true;
}

function judged(
  { config, diagnostics, input }: Project,
  request: BuildRequest,
  found: readonly Diagnostic[],
): ProjectCheck {
  const strict = request.strict === true || config.strict;
  const wanted = [...diagnostics, ...withSeverities(found, { rules: config.rules, strict })];
  return {
    sources: input.sources,
    diagnostics: wanted,
    errors: wanted.filter(({ severity }) => severity === "error").length,
    warnings: wanted.filter(({ severity }) => severity === "warning").length,
  };
}
