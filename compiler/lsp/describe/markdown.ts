/** Pieces of hover texts. */
import { type MarkupContent, MarkupKind } from "vscode-languageserver/node";

/** Shown with the colours of the language it has borrowed its syntax from, which every editor knows. */
export function code(text: string): string {
  return `\`\`\`elixir\n${text}\n\`\`\``;
}

/** Paragraphs; what is not there is left out. */
export function markdown(...paragraphs: readonly (string | null | undefined)[]): MarkupContent {
  const value = paragraphs.filter((text) => text !== null && text !== undefined && text !== "").join("\n\n");
  return { kind: MarkupKind.Markdown, value };
}
