/** Completion items, as features write them down. */
import {
  type CompletionItem,
  type CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type Range,
  TextEdit,
} from "vscode-languageserver/node";

export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string | undefined;
  readonly doc?: string | null | undefined;
  /** What is put in place of the word, when it is not the label. */
  readonly text?: string;
  /** As `text`, with places to fill in: `$1`, `${2:name}`, `$0`. */
  readonly snippet?: string;
  /** Lower ones come first. */
  readonly rank?: number;
  readonly data?: CompletionData;
}

/** What `completionItem/resolve` needs to find the rest. */
export interface CompletionData {
  readonly uri: string;
  readonly module: string;
  readonly name: string;
}

export function toItem(proposal: Proposal, range: Range, snippets: boolean): CompletionItem {
  const { label, kind, detail, doc, text, snippet, rank = 5, data } = proposal;
  const isSnippet = snippet !== undefined && snippets;
  const newText = isSnippet ? snippet : (text ?? label);
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(doc && { documentation: { kind: MarkupKind.Markdown, value: doc } }),
    textEdit: TextEdit.replace(range, newText),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    sortText: `${rank}${label}`,
    ...(data && { data }),
  };
}

/** `name($0)`: the cursor ends up where the arguments go. */
export function callSnippet(name: string, arity: number): string {
  return arity === 0 ? `${name}()` : `${name}($0)`;
}
