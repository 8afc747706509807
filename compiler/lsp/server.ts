/**
 * The language server: keeps the open documents, hands requests to the features, and publishes what the compiler finds.
 * It holds no knowledge of the language.
 */
import {
  type Connection,
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import manifest from "../package.json" with { type: "json" };
import { asksForDiagnostics, capabilitiesFor } from "./capabilities.ts";
import { addFeatures } from "./features/index.ts";
import { describe } from "./requests.ts";
import { createPublisher } from "./workspace/publisher.ts";
import { applyFileEvents, watched } from "./workspace/watch.ts";
import { fileOf, openWorkspace, type Workspace } from "./workspace/workspace.ts";

export interface ServeOptions {
  /** Milliseconds to wait for more edits before a check. */
  readonly delayMs?: number;
}

/** On stdin and stdout, until the editor ends it. */
export function serveStdio(): void {
  serve(createConnection(process.stdin, process.stdout));
}

export function serve(connection: Connection, { delayMs = 2 }: ServeOptions = {}): void {
  const documents = new TextDocuments(TextDocument);
  let workspace: Workspace = openWorkspace([]);
  let folders: readonly string[] = [];
  let client: InitializeParams["capabilities"] = {};

  const log = (message: string) => connection.console.error(message);
  const versionOf = (uri: string) => documents.get(uri)?.version;
  const publisher = createPublisher({
    send: (uri, diagnostics) => {
      const version = versionOf(uri);
      void connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
    },
    versionOf,
    isAskedFor: (uri) => asksForDiagnostics(client) && versionOf(uri) !== undefined,
    askAgain: () => {
      if (client.workspace?.diagnostics?.refreshSupport) void connection.languages.diagnostics.refresh();
    },
    fail: (thrown) => log(`internal error in diagnostics: ${describe(thrown)}`),
    delayMs,
  });

  /** Starts over: other folders or another configuration can move any file to another project. */
  const reopen = () => {
    const before = workspace.projects();
    for (const project of before) publisher.cancel(project);
    workspace = openWorkspace(folders);
    for (const document of documents.all()) take(document);
    const now = workspace.projects();
    for (const project of now) publisher.changed(project);
    const roots = new Set(now.map(({ root }) => root));
    for (const { root } of before) if (!roots.has(root)) publisher.retract(root);
  };

  const take = (document: TextDocument) => {
    const { project, path } = workspace.locate(document.uri);
    project.setOpen(path, { uri: document.uri, text: document.getText() });
    publisher.changed(project);
  };

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    folders = foldersOf(params);
    return { capabilities: capabilitiesFor(client), serverInfo: { name: "durablec", version: manifest.version } };
  });
  connection.onInitialized(() => {
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watched });
    if (client.workspace?.workspaceFolders) connection.workspace.onDidChangeWorkspaceFolders(changeFolders);
    reopen();
  });
  const changeFolders = ({ added, removed }: { added: { uri: string }[]; removed: { uri: string }[] }) => {
    const gone = new Set(removed.map(({ uri }) => fileOf(uri)));
    folders = [...folders.filter((folder) => !gone.has(folder)), ...pathsOf(added)];
    reopen();
  };
  connection.onDidChangeWatchedFiles(({ changes }) => applyFileEvents(changes, { workspace, publisher, reopen }));
  connection.onDidChangeConfiguration(() => reopen());
  connection.onShutdown(() => publisher.stop());

  documents.onDidChangeContent(({ document }) => take(document));
  documents.onDidClose(({ document }) => {
    const { project, path } = workspace.locate(document.uri);
    project.setOpen(path, null);
    if (project.isPassing && !project.hasOpen()) {
      publisher.cancel(project);
      publisher.retract(project.root);
      workspace.drop(project);
    } else publisher.changed(project);
  });

  addFeatures(connection, { workspace: () => workspace, client: () => client, log });
  documents.listen(connection);
  connection.listen();
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return pathsOf(workspaceFolders);
  return rootUri ? pathsOf([{ uri: rootUri }]) : [];
}

function pathsOf(folders: readonly { readonly uri: string }[]): string[] {
  return folders.map(({ uri }) => fileOf(uri)).filter((path) => path !== null);
}
