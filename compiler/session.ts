/**
 * The compiler as something that stays: it is told of texts as they change, and answers with what it has to say about all
 * of them, at any time, as if it had read them for the first time. `check` and `compile` are a session used once.
 */
import { buildFile } from "./ast/from-cst/index.ts";
import type { SourceFile } from "./ast/nodes.ts";
import { DiagnosticBag } from "./diagnostics/bag.ts";
import { rules } from "./diagnostics/catalog/index.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { withoutExcused } from "./diagnostics/excuses.ts";
import type { EmittedFile } from "./emit/emitted-file.ts";
import { checkFlow } from "./flow/check-flow.ts";
import { checkSaved } from "./flow/saved.ts";
import type { CompileInput } from "./input.ts";
import { type LoweredProgram, lowerProgram } from "./ir/lower/program.ts";
import type { Environment } from "./resolve/environment.ts";
import { createPrelude, type Prelude } from "./resolve/prelude.ts";
import { resolve } from "./resolve/resolve.ts";
import type { ResolvedModule, TypedProgram } from "./resolve/resolved.ts";
import type { SourceText } from "./source/source.ts";
import { checkTypes } from "./types/check-types.ts";

/** Everything a compilation is given but the sources. */
export type SessionOptions = Omit<CompileInput, "sources">;

export interface Session {
  /** Takes the text of a file, new or changed; null when there is no such file any more. */
  readonly update: (path: string, text: string | null) => void;
  /** Goes on with other options: another configuration, or TypeScript modules that have changed. */
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
  /** The machines; null while there are errors. */
  readonly lowered: LoweredProgram | null;
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
}

interface Tree {
  readonly file: SourceFile;
  readonly bag: DiagnosticBag;
}

interface State {
  readonly snapshot: Snapshot;
  readonly bag: DiagnosticBag;
}

export function createSession(initial: SessionOptions): Session {
  let options = initial;
  let state: State | null = null;
  const trees = new Map<string, Tree>();

  const current = (): State => {
    state ??= analyse(inOrder(trees), options);
    return state;
  };
  return {
    update(path, text) {
      const before = trees.get(path)?.file.source.text;
      if (text === (before ?? null)) return;
      if (text === null) trees.delete(path);
      else trees.set(path, read({ path, text }));
      state = null;
    },
    configure(changed) {
      options = changed;
      state = null;
    },
    check: () => current().snapshot.diagnostics,
    snapshot: () => current().snapshot,
    async emit() {
      const { snapshot, bag } = current();
      const { lowered, diagnostics, files } = snapshot;
      if (lowered === null || hasErrors([...diagnostics.values()].flat())) return [];
      const { emitProgram } = await import("./emit/program.ts");
      return emitProgram([...files.values()], lowered, bag, options.outputPath);
    },
  };
}

const preludes = new WeakMap<SessionOptions["prelude"], Prelude>();

/** What one session has read of the signatures, others need not read again. */
function preludeOf({ prelude: signatures }: SessionOptions): Prelude {
  const known = preludes.get(signatures) ?? createPrelude(signatures, (source) => read(source).file);
  preludes.set(signatures, known);
  return known;
}

function read(source: SourceText): Tree {
  const bag = new DiagnosticBag();
  return { file: buildFile(source, bag), bag };
}

/** The order in which files came does not count. */
function inOrder(trees: ReadonlyMap<string, Tree>): Tree[] {
  return [...trees.values()].sort((a, b) => (a.file.source.path < b.file.source.path ? -1 : 1));
}

/** Later phases take only what earlier ones found sound. */
function analyse(trees: readonly Tree[], options: SessionOptions): State {
  const prelude = preludeOf(options);
  const bag = new DiagnosticBag(options.enabled);
  for (const tree of trees) bag.add(tree.bag);
  const files = trees.map(({ file }) => file);
  const { program: resolved, environments } = resolve(files, options, prelude, bag);
  const program = checkTypes(resolved, bag);
  checkFlow(program, bag);
  const lowered = hasErrors(bag.sorted()) ? null : lowerProgram(program, bag);
  if (lowered) checkSaved(lowered, bag);
  const snapshot = {
    files: new Map(files.map((file) => [file.source.path, file])),
    prelude,
    program,
    environmentOf: (module: ResolvedModule) => environments.get(module)!,
    lowered,
    diagnostics: byFile(files, judged(bag, files)),
  };
  return { snapshot, bag };
}

/** What was found, without what the source excuses. */
function judged(bag: DiagnosticBag, files: readonly SourceFile[]): readonly Diagnostic[] {
  const codes = rules.map(({ code }) => code);
  return withoutExcused(bag, files, codes);
}

function byFile(files: readonly SourceFile[], diagnostics: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>(files.map(({ source }) => [source.path, []]));
  for (const diagnostic of diagnostics) found.get(diagnostic.location.source.path)?.push(diagnostic);
  return found;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
