/** What the server offers. */
import {
  type ClientCapabilities,
  CodeActionKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { FIX_ALL } from "./features/code-actions.ts";
import { SHOW_GRAPH } from "./features/code-lens.ts";
import { legend } from "./features/semantic-tokens.ts";

const always: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  completionProvider: { triggerCharacters: [".", ":", "@", '"', "/"], resolveProvider: true },
  signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: [")"] },
  documentFormattingProvider: true,
  codeLensProvider: {},
  executeCommandProvider: { commands: [SHOW_GRAPH] },
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  semanticTokensProvider: { legend, full: true, range: true },
  inlayHintProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
};

export function capabilitiesFor(client: ClientCapabilities): ServerCapabilities {
  if (!asksForDiagnostics(client)) return always;
  const diagnosticProvider = { identifier: "durablec", interFileDependencies: true, workspaceDiagnostics: false };
  return { ...always, diagnosticProvider };
}

/** Such an editor asks about the documents it has open, and is told of all others as any editor is. */
export function asksForDiagnostics({ textDocument }: ClientCapabilities): boolean {
  return textDocument?.diagnostic !== undefined;
}
