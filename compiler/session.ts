/**
 * The compiler as something that stays: it is told of texts as they change, and answers with what it has to say about all
 * of them, at any time, as if it had read them for the first time. `check` and `compile` are a session used once.
 */
import type { SourceFile } from "./ast/nodes.ts";
import { type Reading, readFile } from "./ast/reread/read.ts";
import { createCallGraphs } from "./calls/graph.ts";
import { DiagnosticBag } from "./diagnostics/bag.ts";
import { rules } from "./diagnostics/catalog/index.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { withoutExcused } from "./diagnostics/excuses.ts";
import type { EmittedFile } from "./emit/emitted-file.ts";
import { createFlowChecker } from "./flow/check-flow.ts";
import type { CompileInput } from "./input.ts";
import { createLowerer, type LoweredProgram } from "./ir/lower/program.ts";
import type { Environment } from "./resolve/environment.ts";
import { createForeignAnswers, type ForeignAnswers } from "./resolve/foreign-answers.ts";
import { createPrelude, type Prelude } from "./resolve/prelude.ts";
import { createResolver, type Resolution } from "./resolve/resolve.ts";
import type { ResolvedModule, TypedProgram } from "./resolve/resolved.ts";
import { createTypeChecker } from "./types/check-types.ts";

/** Everything a compilation is given but the sources. */
export type SessionOptions = Omit<CompileInput, "sources">;

export interface Session {
  /** Takes the text of a file, new or changed; null when there is no such file any more. */
  readonly update: (path: string, text: string | null) => void;
  /** Goes on with other options: another configuration, or TypeScript that may have changed. What still holds is kept. */
  readonly configure: (options: SessionOptions) => void;
  /** What there is to say, by the path of the file: every file has an entry, in the order of paths. Never throws for what is in them. */
  readonly check: () => ReadonlyMap<string, readonly Diagnostic[]>;
  /** What the sources become; no files when there are errors. */
  readonly emit: () => Promise<readonly EmittedFile[]>;
  /** The program as `check` sees it, for editors; it holds until the next update. */
  readonly snapshot: () => Snapshot;
}

/** All that is known of the sources. Where a text is broken, it tells what could be read. */
export interface Snapshot {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly prelude: Prelude;
  /** Names and types; `program.resolved` are the tables of names. */
  readonly program: TypedProgram;
  /** What names mean in a module. */
  readonly environmentOf: (module: ResolvedModule) => Environment;
  /** Makes the machines; null while there are errors. */
  readonly lower: (() => LoweredProgram) | null;
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
}

export function createSession(initial: SessionOptions): Session {
  let options = initial;
  let pipeline = createPipeline(options);
  let analysis: Analysis | null = null;
  const trees = new Map<string, Reading>();

  const current = (): Analysis => {
    analysis ??= pipeline.analyse(inOrder(trees));
    return analysis;
  };
  return {
    update(path, text) {
      const before = trees.get(path)?.file.source.text;
      if (text === (before ?? null)) return;
      if (text === null) trees.delete(path);
      else trees.set(path, readFile({ path, text }, trees.get(path) ?? null));
      analysis = null;
    },
    configure(changed) {
      const goesOn = sameSettings(options, changed) && pipeline.foreign.goOnWith(changed.foreign);
      options = changed;
      if (goesOn) return;
      pipeline = createPipeline(options);
      analysis = null;
    },
    check: () => current().snapshot.diagnostics,
    snapshot: () => current().snapshot,
    async emit() {
      // Texts may change while the emitter is loaded.
      const emit = await pipeline.loadEmitter();
      return emit(current(), options.outputPath);
    },
  };
}

interface Analysis {
  readonly resolution: Resolution;
  readonly snapshot: Snapshot;
}

type Emit = (analysis: Analysis, outputPath: SessionOptions["outputPath"]) => Promise<readonly EmittedFile[]>;

interface Pipeline {
  readonly analyse: (trees: readonly Reading[]) => Analysis;
  readonly loadEmitter: () => Promise<Emit>;
  readonly foreign: ForeignAnswers;
}

/** Whether what was found under some options holds under others, TypeScript aside. */
function sameSettings(before: SessionOptions, now: SessionOptions): boolean {
  const settings = ({ modules, enabled }: SessionOptions) => JSON.stringify([[...modules], [...(enabled ?? [])]]);
  return before.prelude === now.prelude && settings(before) === settings(now);
}

/** The phases after parsing. Each keeps what it has found, and finds again what does not hold any more. */
function createPipeline(options: SessionOptions): Pipeline {
  const enabled = new Set(options.enabled);
  const createBag = () => new DiagnosticBag(enabled);
  const prelude = preludeOf(options);
  const foreign = createForeignAnswers(options.foreign);
  const { program, resolve } = createResolver({
    foreign: foreign.ask,
    modules: options.modules,
    prelude,
    createBag,
  });
  const graphOf = createCallGraphs(program);
  const checkTypes = createTypeChecker(program, createBag);
  const checkFlow = createFlowChecker(program, createBag);
  const lower = createLowerer(createBag);
  const loadEmitter = once(async (): Promise<Emit> => {
    const emit = (await import("./emit/program.ts")).createEmitter(createBag);
    return async (
      { resolution, snapshot: { files, program: typed, lower: makeMachines, diagnostics } },
      outputPath,
    ) => {
      if (makeMachines === null || [...diagnostics.values()].some(hasErrors)) return [];
      return emit([...files.values()], resolution, typed, makeMachines(), outputPath);
    };
  });

  return {
    analyse(trees) {
      const files = trees.map(({ file }) => file);
      const resolution = resolve(files);
      const graph = graphOf(resolution);
      const typing = checkTypes(graph);
      const flow = checkFlow(graph, typing);
      const bag = createBag();
      const found = [resolution, ...resolution.modules, ...trees].map((part) => part.bag);
      for (const part of [...found, ...typing.bags, ...flow.bags]) bag.add(part);
      // Lowering takes only what is sound.
      const lowering = bag.hasErrors() ? null : lower(graph, typing, flow);
      for (const part of lowering?.bags ?? []) bag.add(part);
      typing.settle();
      const environments = new Map(resolution.modules.map(({ module, environment }) => [module, environment]));
      const snapshot = {
        files: new Map(files.map((file) => [file.source.path, file])),
        prelude,
        program: typing.program,
        environmentOf: (module: ResolvedModule) => environments.get(module)!,
        lower: lowering && !bag.hasErrors() ? lowering.program : null,
        diagnostics: byFile(files, withoutExcused(bag.settled(), files, codes)),
      };
      return { resolution, snapshot };
    },
    foreign,
    loadEmitter,
  };
}

const codes = rules.map(({ code }) => code);

const preludes = new WeakMap<SessionOptions["prelude"], Prelude>();

/** What one session has read of the signatures, others need not read again. */
function preludeOf({ prelude: signatures }: SessionOptions): Prelude {
  const known = preludes.get(signatures) ?? createPrelude(signatures, (source) => readFile(source, null).file);
  preludes.set(signatures, known);
  return known;
}

/** The order in which files came does not count. */
function inOrder(trees: ReadonlyMap<string, Reading>): Reading[] {
  return [...trees.values()].sort((a, b) => (a.file.source.path < b.file.source.path ? -1 : 1));
}

function byFile(files: readonly SourceFile[], diagnostics: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>(files.map(({ source }) => [source.path, []]));
  for (const diagnostic of diagnostics) found.get(diagnostic.location.source.path)?.push(diagnostic);
  return found;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
