/** Checks after changes and tells the editor what is new. Edits that come while a check is due are checked together. */
import type { Diagnostic as ProtocolDiagnostic } from "vscode-languageserver/node";
import { toProtocol } from "../features/diagnostics.ts";
import type { EditorProject } from "./project.ts";

export interface Publisher {
  /** The project has changed: check it soon. */
  readonly changed: (project: EditorProject) => void;
  /** The project is not there any more; what was found in it stands until another project says otherwise, or `retract`. */
  readonly cancel: (project: EditorProject) => void;
  /** Nothing is to be seen of the project of this folder. */
  readonly retract: (root: string) => void;
  /** Nothing is sent any more. */
  readonly stop: () => void;
}

export interface PublisherOptions {
  readonly send: (uri: string, diagnostics: ProtocolDiagnostic[]) => void;
  /** Of a document that is open: each version is answered, also when nothing about it is new. */
  readonly versionOf: (uri: string) => number | undefined;
  /** Whether the editor asks about the document itself: then it is only told when it should ask again. */
  readonly isAskedFor: (uri: string) => boolean;
  readonly askAgain: () => void;
  readonly fail: (thrown: unknown) => void;
  /** Long enough for the messages that are waiting already to be read, too short to be noticed. */
  readonly delayMs: number;
}

/** What the editor shows for a document, and which project said so. */
interface Shown {
  readonly root: string;
  readonly text: string;
  readonly version: number | undefined;
  readonly isAskedFor: boolean;
}

const nothing = "[]";

export function createPublisher({ send, versionOf, isAskedFor, askAgain, fail, delayMs }: PublisherOptions): Publisher {
  const timers = new Map<EditorProject, NodeJS.Timeout>();
  const running = new Set<EditorProject>();
  const shown = new Map<string, Shown>();
  let stopped = false;

  /** True when the editor has to ask again. */
  const showOne = (uri: string, diagnostics: readonly ProtocolDiagnostic[], root: string): boolean => {
    const now = { root, text: JSON.stringify(diagnostics), version: versionOf(uri), isAskedFor: isAskedFor(uri) };
    const before = shown.get(uri);
    shown.set(uri, now);
    const isNew = now.text !== (before?.text ?? nothing);
    if (now.isAskedFor) {
      // What it was told before it began to ask would stand beside the answers.
      if (before && !before.isAskedFor && before.text !== nothing) send(uri, []);
      return isNew;
    }
    if (isNew || now.version !== before?.version || before?.isAskedFor) send(uri, [...diagnostics]);
    return false;
  };

  const show = (root: string, found: ReadonlyMap<string, readonly ProtocolDiagnostic[]>) => {
    const outdated = [...found].filter(([uri, diagnostics]) => showOne(uri, diagnostics, root));
    for (const [uri, before] of shown) {
      if (before.root !== root || found.has(uri)) continue;
      if (before.text !== nothing) send(uri, []);
      shown.delete(uri);
    }
    if (outdated.length > 0) askAgain();
  };

  const check = async (project: EditorProject) => {
    timers.delete(project);
    if (running.has(project)) return changed(project);
    running.add(project);
    try {
      await project.settle();
      // An edit that came in the meantime has its own check coming.
      if (stopped || timers.has(project)) return;
      const found = [...project.diagnostics()];
      show(project.root, new Map(found.map(([uri, each]) => [uri, each.map((one) => toProtocol(one, project.uriOf))])));
    } catch (thrown) {
      fail(thrown);
    } finally {
      running.delete(project);
    }
  };

  const cancel = (project: EditorProject) => {
    clearTimeout(timers.get(project));
    timers.delete(project);
  };

  const changed = (project: EditorProject) => {
    if (stopped) return;
    cancel(project);
    const timer = setTimeout(() => void check(project), delayMs);
    timers.set(project, timer);
  };

  return {
    changed,
    cancel,
    retract: (root) => show(root, new Map()),
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
