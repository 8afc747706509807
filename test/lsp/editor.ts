/** An editor for tests: files in a folder of their own, a server in the same process, and the protocol between them. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../../compiler/lsp/server.ts";

export interface Editor {
  readonly folder: string;
  readonly connection: ProtocolConnection;
  readonly uri: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  readonly open: (path: string, text: string) => void;
  /** Replaces the whole text. */
  readonly change: (path: string, text: string) => void;
  readonly close: (path: string) => void;
  /** What is shown for a document once its newest version has been checked. */
  readonly diagnostics: (path: string) => Promise<readonly Diagnostic[]>;
  /** What is shown for a document now, whichever version it is of. */
  readonly shown: (path: string) => readonly Diagnostic[];
  readonly request: <R>(method: string, params: unknown) => Promise<R>;
  /** What the server has logged. */
  readonly log: readonly string[];
  readonly end: () => Promise<void>;
}

export interface EditorOptions {
  /** On disk from the start. */
  readonly files?: { readonly [path: string]: string };
  readonly workspace?: boolean;
  readonly capabilities?: InitializeParams["capabilities"];
}

export async function startEditor({
  files = {},
  workspace = true,
  capabilities = {},
}: EditorOptions = {}): Promise<Editor> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), { delayMs: 0 });
  return connect(new StreamMessageReader(toClient), new StreamMessageWriter(toServer), {
    files,
    workspace,
    capabilities,
  });
}

export async function connect(
  reader: StreamMessageReader,
  writer: StreamMessageWriter,
  { files, workspace, capabilities }: Required<EditorOptions>,
): Promise<Editor> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "editor-")));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);

  const connection = createProtocolConnection(reader, writer);
  const log: string[] = [];
  const published = new Map<string, PublishDiagnosticsParams>();
  let notify = () => {};
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    notify();
  });
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
    log.push(message);
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();

  const folders = workspace ? [{ uri: pathToFileURL(folder).href, name: "test" }] : null;
  await connection.sendRequest("initialize", {
    processId: null,
    rootUri: null,
    capabilities,
    workspaceFolders: folders,
  });
  await connection.sendNotification("initialized", {});

  const versions = new Map<string, number>();
  const uri = (path: string) => (path.includes(":") ? path : pathToFileURL(join(folder, path)).href);
  const notifyServer = (method: string, params: unknown) => void connection.sendNotification(method, params);

  return {
    folder,
    connection,
    uri,
    write,
    log,
    open(path, text) {
      versions.set(path, 1);
      notifyServer("textDocument/didOpen", {
        textDocument: { uri: uri(path), languageId: "durable", version: 1, text },
      });
    },
    change(path, text) {
      const version = versions.get(path)! + 1;
      versions.set(path, version);
      notifyServer("textDocument/didChange", { textDocument: { uri: uri(path), version }, contentChanges: [{ text }] });
    },
    close(path) {
      versions.delete(path);
      notifyServer("textDocument/didClose", { textDocument: { uri: uri(path) } });
    },
    async diagnostics(path) {
      const wanted = versions.get(path);
      for (;;) {
        const found = published.get(uri(path));
        if (found && found.version === wanted) return found.diagnostics;
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      }
    },
    shown: (path) => published.get(uri(path))?.diagnostics ?? [],
    request: (method, params) => connection.sendRequest(method, params),
    async end() {
      await connection.sendRequest("shutdown");
      connection.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
