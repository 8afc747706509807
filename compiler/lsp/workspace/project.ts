/**
 * One project as an editor sees it: the files on disk, overlaid by the texts that are open. Its session is told of each
 * change at once and looks at it when it is asked; the configuration and the app's TypeScript are read anew when stale.
 */
import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { withSeverities } from "../../diagnostics/severity.ts";
import { type Config, defaultConfig } from "../../project/config.ts";
import { readPrelude } from "../../project/prelude.ts";
import { readSource } from "../../project/sources.ts";
import { modulesOf, openConfig } from "../../project.ts";
import { createSession, type SessionOptions, type Snapshot } from "../../session.ts";
import type { SourceText } from "../../source/source.ts";
import type { View } from "../view.ts";
import { createForeignMemory } from "./foreign.ts";

export interface ProjectPlace {
  /** Absolute; the paths of its sources start here. */
  readonly root: string;
  /** Absolute paths of its files on disk. */
  readonly files: () => readonly string[];
  /** The compiler's own signatures: they can be read and gone to, but are not judged. */
  readonly isReference: boolean;
  /** Whether it is of no interest once none of its files is open. */
  readonly isPassing: boolean;
}

export interface EditorProject {
  readonly root: string;
  readonly isPassing: boolean;
  /** The text an editor has open; null when it no longer has. */
  readonly setOpen: (path: string, document: OpenText | null) => void;
  /** What is on disk has changed, or is gone. */
  readonly rereadFile: (path: string) => void;
  /** A file of the app's TypeScript, or of its settings, has changed. False when that is no concern of this project. */
  readonly scriptChanged: (file: string, isSettings: boolean) => boolean;
  /** Brings in what has to be waited for. Cheap when nothing is stale. */
  readonly settle: () => Promise<void>;
  /** Null for a file that is not of this project. */
  readonly view: (path: string) => View | null;
  /** Looks at the file as if it had another text; afterwards all is as before, and views are to be taken anew. */
  readonly viewAs: <T>(path: string, text: string, look: (view: View) => T) => T;
  readonly snapshot: () => Snapshot;
  /** By URI, of every file there is, the configuration included. */
  readonly diagnostics: () => ReadonlyMap<string, readonly Diagnostic[]>;
  readonly hasOpen: () => boolean;
  readonly uriOf: (path: string) => string;
}

export interface OpenText {
  readonly uri: string;
  readonly text: string;
}

const prelude = once(readPrelude);

export function createProject({ root, files, isReference, isPassing }: ProjectPlace): EditorProject {
  const open = new Map<string, OpenText>();
  let config: Config = defaultConfig(root);
  let configDiagnostics: readonly Diagnostic[] = [];
  let reading: Promise<void> | null = null;
  let foreign = createForeignMemory(root);
  let options: SessionOptions = { prelude: prelude(), modules: new Map(), foreign: foreign.ask, outputPath };
  const session = createSession(options);
  const texts = new Map<string, string>();

  const update = (path: string, text: string | null) => {
    if (text === null) texts.delete(path);
    else texts.set(path, text);
    session.update(path, text);
  };
  const updateFromDisk = (path: string) => {
    const file = resolve(root, path);
    const source = existsSync(file) ? readSource(file, root) : null;
    if (!open.has(path)) update(path, source?.text ?? null);
  };
  const uriOf = (path: string) => open.get(path)?.uri ?? pathToFileURL(resolve(root, path)).href;

  async function readProject(): Promise<void> {
    const bag = new DiagnosticBag();
    config = await openConfig(root, root, bag);
    configDiagnostics = bag.sorted();
    for (const file of files()) updateFromDisk(relative(root, file).replaceAll(sep, "/"));
    configure();
  }

  const configure = () => {
    const enabled = Object.keys(config.rules).filter((code) => config.rules[code] !== "off");
    options = { ...options, modules: modulesOf(config, { cwd: root }), foreign: foreign.ask, enabled };
    session.configure(options);
  };

  const view = (path: string): View | null => {
    const snapshot = session.snapshot();
    const file = snapshot.files.get(path);
    const diagnostics = () => (isReference ? [] : withSeverities(snapshot.diagnostics.get(path) ?? [], config));
    return file ? { snapshot, file, uriOf, root, diagnostics } : null;
  };

  return {
    root,
    isPassing,
    uriOf,
    hasOpen: () => open.size > 0,
    setOpen(path, document) {
      if (document === null) {
        open.delete(path);
        updateFromDisk(path);
        return;
      }
      open.set(path, document);
      update(path, document.text);
    },
    rereadFile: updateFromDisk,
    scriptChanged(file, isSettings) {
      if (!isSettings && !foreign.dependsOn(file)) return false;
      foreign = createForeignMemory(root);
      configure();
      return true;
    },
    async settle() {
      reading ??= readProject();
      await reading;
      session.check();
      while (foreign.isWanting()) {
        await foreign.load();
        configure();
        session.check();
      }
    },
    view,
    snapshot: session.snapshot,
    viewAs(path, text, look) {
      session.update(path, text);
      try {
        return look(view(path)!);
      } finally {
        session.update(path, texts.get(path) ?? null);
      }
    },
    diagnostics() {
      const byUri = new Map<string, Diagnostic[]>();
      if (isReference) return byUri;
      for (const [path, found] of session.check()) byUri.set(uriOf(path), withSeverities(found, config));
      for (const each of configDiagnostics) {
        const uri = uriOf(each.location.source.path);
        byUri.set(uri, [...(byUri.get(uri) ?? []), each]);
      }
      return byUri;
    },
  };
}

/** Nothing is written from an editor. */
function outputPath({ path }: SourceText): string {
  return join("generated", path);
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
