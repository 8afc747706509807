/** Files that change outside of the editor, and which of them mean what. */
import { basename } from "node:path";
import type { FileEvent, FileSystemWatcher } from "vscode-languageserver/node";
import { CONFIG_FILE } from "../../project/config.ts";
import { EXTENSION } from "../../project/sources.ts";
import type { Publisher } from "./publisher.ts";
import { fileOf, type Workspace } from "./workspace.ts";

/** Types can come from any TypeScript file, and from what says how TypeScript is read. */
const scripts = /\.[cm]?[jt]sx?$|^(?:tsconfig.*|package)\.json$/;

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
  const files = events.map(({ uri }) => ({ uri, name: basename(fileOf(uri) ?? uri) }));
  if (files.some(({ name }) => name === CONFIG_FILE)) {
    reopen();
    return;
  }
  for (const { uri } of files.filter(({ name }) => name.endsWith(EXTENSION))) {
    const { project, path } = workspace.locate(uri);
    project.rereadFile(path);
    publisher.changed(project);
  }
  if (!files.some(({ name }) => scripts.test(name))) return;
  for (const project of workspace.projects()) {
    project.forgetForeign();
    publisher.changed(project);
  }
}
