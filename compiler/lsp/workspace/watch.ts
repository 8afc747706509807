/** Files that change outside of the editor, and which of them mean what. */
import { basename } from "node:path";
import type { FileEvent, FileSystemWatcher } from "vscode-languageserver/node";
import { CONFIG_FILE } from "../../project/config.ts";
import { EXTENSION } from "../../project/sources.ts";
import type { Publisher } from "./publisher.ts";
import { fileOf, type Workspace } from "./workspace.ts";

const scripts = /\.[cm]?[jt]sx?$/;

/** What says how TypeScript is read. */
const settings = /^(?:tsconfig.*|package)\.json$/;

export const watched: FileSystemWatcher[] = [
  { globPattern: `**/*${EXTENSION}` },
  { globPattern: `**/${CONFIG_FILE}` },
  { globPattern: "**/*.{ts,tsx,mts,cts,js,mjs,cjs}" },
  { globPattern: "**/{tsconfig*,package}.json" },
];

interface Affected {
  readonly workspace: Workspace;
  readonly publisher: Publisher;
  readonly reopen: () => void;
}

export function applyFileEvents(events: readonly FileEvent[], { workspace, publisher, reopen }: Affected): void {
  const files = events.map(({ uri }) => ({ uri, file: fileOf(uri) ?? uri, name: basename(fileOf(uri) ?? uri) }));
  if (files.some(({ name }) => name === CONFIG_FILE)) {
    reopen();
    return;
  }
  for (const { uri, file, name } of files) {
    if (name.endsWith(EXTENSION)) rereadSource(uri);
    else if (scripts.test(name) || settings.test(name)) rereadScript(file, settings.test(name));
  }

  function rereadSource(uri: string): void {
    const { project, path } = workspace.locate(uri);
    project.rereadFile(path);
    publisher.changed(project);
  }

  function rereadScript(file: string, isSettings: boolean): void {
    for (const project of workspace.projects()) if (project.scriptChanged(file, isSettings)) publisher.changed(project);
  }
}
