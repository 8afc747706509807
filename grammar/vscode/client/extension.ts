/** The extension: finds the workspace's `durablec`, runs it as language server, and says so when there is none. */
import { delimiter } from "node:path";
import { commands, type ExtensionContext, env, window, workspace } from "vscode";
import { LanguageClient, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { findServer, type Server } from "./server.ts";

const name = "Durable Workflows";
let client: LanguageClient | null = null;

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel(name, { log: true });
  const start = async () => {
    await client?.dispose();
    client = null;
    const options = serverOptions(currentServer());
    if (!options) return;
    client = new LanguageClient("durable", name, options, {
      documentSelector: [{ language: "durable" }],
      outputChannel: output,
    });
    await client.start();
  };
  context.subscriptions.push(
    output,
    commands.registerCommand("durable.restartServer", start),
    commands.registerCommand("durable.showOutput", () => output.show()),
    workspace.onDidGrantWorkspaceTrust(start),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("durable.server.path")) void start();
    }),
  );
  if (workspace.isTrusted) await start();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}

function currentServer(): Server {
  return findServer({
    setting: workspace.getConfiguration("durable").get("server.path", ""),
    folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    programFolders: (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""),
    platform: process.platform,
  });
}

function serverOptions(server: Server): ServerOptions | null {
  const transport = TransportKind.stdio;
  switch (server.kind) {
    case "module":
      return { module: server.path, args: ["lsp"], transport };
    case "command":
      return { command: server.path, args: ["lsp"], transport };
    case "missing":
      void sayMissing(server.tried);
      return null;
  }
}

async function sayMissing(tried: readonly string[]): Promise<void> {
  const copy = "Copy the Command";
  const settings = "Open the Settings";
  const message = `No durablec here, so .durable files are only coloured. Looked for ${tried.join(", ")}. Install it with \`npm install --save-dev durablec\`, then restart the language server.`;
  const chosen = await window.showWarningMessage(message, copy, settings);
  if (chosen === copy) await env.clipboard.writeText("npm install --save-dev durablec");
  if (chosen === settings) await commands.executeCommand("workbench.action.openSettings", "durable.server.path");
}
