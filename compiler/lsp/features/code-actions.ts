/** Mends what was found: the fixes of the diagnostics, all safe ones of a file at once, and excuses for warnings. */
import { type CodeAction, CodeActionKind, type TextEdit } from "vscode-languageserver/node";
import type { Diagnostic, Edit } from "../../diagnostics/diagnostic.ts";
import { applySafeFixes } from "../../diagnostics/fixes.ts";
import { lineText, positionAt } from "../../source/position.ts";
import type { SourceText, Span } from "../../source/source.ts";
import { rangeOf } from "../places.ts";
import type { View } from "../view.ts";
import { toProtocol } from "./diagnostics.ts";

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.durablec`;

/** `only` are the kinds that are asked for; nothing means all. */
export function codeActions(view: View, within: Span, only: readonly string[] | undefined): CodeAction[] {
  const wants = (kind: string) =>
    only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const here = view
    .diagnostics()
    .filter(({ location: { span } }) => span.start <= within.end && within.start <= span.end);
  const fixes = wants(CodeActionKind.QuickFix)
    ? here.flatMap((each) => [...fixOf(each, view), ...excuseOf(each, view)])
    : [];
  return [...fixes, ...(wants(FIX_ALL) ? fixAll(view) : [])];
}

function fixOf(diagnostic: Diagnostic, view: View): CodeAction[] {
  const { fix } = diagnostic;
  if (!fix) return [];
  return [quickFix(fix.title, fix.edits, diagnostic, view, fix.safe)];
}

/** Only warnings can be excused, and only with a reason, which the author has to give. */
function excuseOf(diagnostic: Diagnostic, view: View): CodeAction[] {
  const { code, severity, location } = diagnostic;
  if (severity === "error" || code.startsWith("config/")) return [];
  const { source, span } = location;
  const { line, column } = positionAt(source, span.start);
  const start = span.start - column + 1;
  const indentation = /^[ \t]*/.exec(lineText(source, line))?.[0] ?? "";
  const edit = { span: { start, end: start }, text: `${indentation}# durable-ignore ${code}: say why\n` };
  return [quickFix(`Excuse this line from ${code}`, [edit], diagnostic, view, false)];
}

function quickFix(
  title: string,
  edits: readonly Edit[],
  diagnostic: Diagnostic,
  view: View,
  isPreferred: boolean,
): CodeAction {
  const { file, uriOf } = view;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    isPreferred,
    diagnostics: [toProtocol(diagnostic, uriOf)],
    edit: { changes: { [uriOf(file.source.path)]: edits.map((edit) => toTextEdit(edit, file.source)) } },
  };
}

function fixAll({ file, uriOf, diagnostics }: View): CodeAction[] {
  const [fixed] = applySafeFixes(diagnostics());
  if (!fixed) return [];
  const title = fixed.fixes === 1 ? "Mend 1 problem" : `Mend all ${fixed.fixes} problems that can be mended safely`;
  const whole = { span: file.span, text: fixed.text };
  const changes = { [uriOf(file.source.path)]: [toTextEdit(whole, file.source)] };
  return [{ title, kind: FIX_ALL, edit: { changes } }];
}

function toTextEdit({ span, text }: Edit, source: SourceText): TextEdit {
  return { range: rangeOf(source, span), newText: text };
}
