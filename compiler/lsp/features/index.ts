/** Which request is answered by which feature. */
import {
  type ClientCapabilities,
  type Connection,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  MessageType,
  type Range,
  ShowMessageNotification,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { Span } from "../../source/source.ts";
import { offsetAt } from "../places.ts";
import { atPosition, type Desk, guarded, inDocument } from "../requests.ts";
import type { View } from "../view.ts";
import { codeActions } from "./code-actions.ts";
import { codeLenses } from "./code-lens.ts";
import { completeItem, completion } from "./completion.ts";
import { definition } from "./definition.ts";
import { diagnosticReport } from "./diagnostics.ts";
import { foldingRanges } from "./folding.ts";
import { formatting } from "./formatting.ts";
import { runCommand } from "./graph-command.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { highlights, references } from "./references.ts";
import { prepareRename, type Renamed, rename } from "./rename.ts";
import { selectionRange } from "./selection.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { documentSymbols, workspaceSymbols } from "./symbols.ts";

export interface FeatureDesk extends Desk {
  /** What the editor can do. */
  readonly client: () => ClientCapabilities;
}

export function addFeatures(connection: Connection, desk: FeatureDesk): void {
  addReading(connection, desk);
  addOutline(connection, desk);
  addWriting(connection, desk);
}

function addReading(connection: Connection, desk: FeatureDesk): void {
  connection.languages.diagnostics.on(
    present<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      inDocument(desk, "diagnostic", (view, { previousResultId }) => diagnosticReport(view, previousResultId)),
      { kind: DocumentDiagnosticReportKind.Full, items: [] },
    ),
  );
  connection.onHover(atPosition(desk, "hover", hover));
  connection.onDefinition(atPosition(desk, "definition", definition));
  connection.onReferences(
    atPosition(desk, "references", (view, offset, { context }) =>
      references(view, offset, context?.includeDeclaration === true),
    ),
  );
  connection.onDocumentHighlight(atPosition(desk, "documentHighlight", highlights));
  connection.onSignatureHelp(atPosition(desk, "signatureHelp", signatureHelp));
  connection.languages.inlayHint.on(
    inDocument(desk, "inlayHint", (view, { range }) => inlayHints(view, spanOf(view, range))),
  );
  connection.languages.semanticTokens.on(
    present(
      inDocument(desk, "semanticTokens", (view) => semanticTokens(view)),
      { data: [] },
    ),
  );
  connection.languages.semanticTokens.onRange(
    present(
      inDocument(desk, "semanticTokens", (view, { range }) => semanticTokens(view, spanOf(view, range))),
      { data: [] },
    ),
  );
}

function addOutline(connection: Connection, desk: FeatureDesk): void {
  connection.onCodeLens(inDocument(desk, "codeLens", codeLenses));
  connection.onExecuteCommand(
    guarded(desk, "executeCommand", (params) => {
      const canShow = desk.client().window?.showDocument?.support === true;
      const show = (uri: string) => connection.window.showDocument({ uri, takeFocus: true });
      return runCommand(params, desk.workspace(), canShow ? show : null);
    }),
  );
  connection.onDocumentSymbol(inDocument(desk, "documentSymbol", documentSymbols));
  connection.onWorkspaceSymbol(
    guarded(desk, "workspaceSymbol", async ({ query }) => {
      const views = await Promise.all(
        desk
          .workspace()
          .projects()
          .map(async (project) => {
            await project.settle();
            return workspaceSymbols(String(query ?? ""), project.snapshot(), project.uriOf);
          }),
      );
      return views.flat();
    }),
  );
  connection.onFoldingRanges(inDocument(desk, "foldingRange", foldingRanges));
  connection.onSelectionRanges(
    inDocument(desk, "selectionRange", (view, { positions }) =>
      positions.map((position) => selectionRange(view, offsetAt(view.file.source, position))),
    ),
  );
}

function addWriting(connection: Connection, desk: FeatureDesk): void {
  const snippets = () => desk.client().textDocument?.completion?.completionItem?.snippetSupport === true;
  connection.onCompletion(
    atPosition(desk, "completion", (view, offset, { context }, { project, path }) =>
      completion(view, offset, {
        snippets: snippets(),
        trigger: context?.triggerCharacter,
        viewAs: (text, look) => project.viewAs(path, text, look),
      }),
    ),
  );
  connection.onCompletionResolve(
    guarded(desk, "completionItem/resolve", async (item) => {
      const uri: unknown = item.data?.uri;
      if (typeof uri !== "string") return item;
      const { project } = desk.workspace().locate(uri);
      await project.settle();
      return completeItem(item, project.snapshot());
    }),
  );
  connection.onPrepareRename(atPosition(desk, "prepareRename", prepareRename));
  connection.onRenameRequest(
    atPosition(desk, "rename", (view, offset, { newName }) =>
      announced(rename(view, offset, newName), connection, desk.client()),
    ),
  );
  connection.onDocumentFormatting(inDocument(desk, "formatting", formatting));
  connection.onCodeAction(
    inDocument(desk, "codeAction", (view, { range, context }) => codeActions(view, spanOf(view, range), context?.only)),
  );
}

function spanOf({ file: { source } }: View, { start, end }: Range): Span {
  return { start: offsetAt(source, start), end: offsetAt(source, end) };
}

/** For requests that have to be answered with something. */
function present<P, R>(answer: (params: P) => Promise<R | null>, nothing: R): (params: P) => Promise<R> {
  return async (params) => (await answer(params)) ?? nothing;
}

const WARNED = "resting";

/** A warning is put before the author to confirm, where the editor can do that, and shown otherwise. */
function announced({ changes, warning }: Renamed, connection: Connection, client: ClientCapabilities): WorkspaceEdit {
  if (warning === null) return { changes };
  const edits = client.workspace?.workspaceEdit;
  if (!edits?.changeAnnotationSupport || !edits.documentChanges) {
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: warning });
    return { changes };
  }
  return {
    changeAnnotations: {
      [WARNED]: { label: "Renames what executions rest by", description: warning, needsConfirmation: true },
    },
    documentChanges: Object.entries(changes).map(([uri, edits]) => ({
      textDocument: { uri, version: null },
      edits: edits.map((edit) => ({ ...edit, annotationId: WARNED })),
    })),
  };
}
