/** What can be folded: blocks that are longer than a line, runs of comments, and runs of `use` and `alias`. */
import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver/node";
import type { Node, SourceFile } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import { lineText } from "../../source/position.ts";
import type { SourceText, Span } from "../../source/source.ts";
import { positionAt } from "../places.ts";
import type { View } from "../view.ts";

export function foldingRanges({ file }: View): FoldingRange[] {
  const blocks = file.modules.flatMap(descendants).flatMap((node) => blocksOf(node));
  return unique([...blocks.flatMap((span) => fold(file.source, span)), ...comments(file), ...directives(file)]);
}

const folded: ReadonlySet<Node["kind"]> = new Set([
  "module",
  "functionClause",
  "workflow",
  "step",
  "compensate",
  "branch",
  "parallel",
  "case",
  "cond",
  "if",
  "with",
  "for",
  "try",
  "fn",
  "map",
  "list",
  "interpolation",
  "sigil",
  "call",
  "typeDefinition",
]);

function blocksOf(node: Node): Span[] {
  const own = folded.has(node.kind) || (node.kind === "literal" && node.type === "string") ? [node.span] : [];
  return node.kind === "branch" ? [...own, ...node.clauses.map(({ span }) => span)] : own;
}

/** The last line stays in sight where it only closes the block. */
function fold(source: SourceText, { start, end }: Span, kind?: FoldingRangeKind): FoldingRange[] {
  const startLine = positionAt(source, start).line;
  const lastLine = positionAt(source, end).line;
  const closes = kind === undefined && /^\s*(?:end\b|[)\]}]|""")/.test(lineText(source, lastLine + 1));
  const endLine = closes ? lastLine - 1 : lastLine;
  return endLine > startLine ? [{ startLine, endLine, ...(kind !== undefined && { kind }) }] : [];
}

function comments({ source, comments: all }: SourceFile): FoldingRange[] {
  const lines = all.filter(({ span }) => isAlone(source, span)).map(({ span }) => positionAt(source, span.start).line);
  return runs(lines).map(({ first, last }) => ({ startLine: first, endLine: last, kind: FoldingRangeKind.Comment }));
}

function isAlone(source: SourceText, { start }: Span): boolean {
  return source.text.slice(source.text.lastIndexOf("\n", start - 1) + 1, start).trim() === "";
}

function directives({ source, modules }: SourceFile): FoldingRange[] {
  const items = modules.flatMap((module) => module.items).filter(({ kind }) => kind === "use" || kind === "alias");
  const lines = [...new Set(items.map(({ span }) => positionAt(source, span.start).line))].sort((a, b) => a - b);
  return runs(lines).map(({ first, last }) => ({ startLine: first, endLine: last, kind: FoldingRangeKind.Imports }));
}

/** Lines that follow each other, two or more. */
function runs(lines: readonly number[]): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (const line of lines) {
    const current = found.at(-1);
    if (current && current.last + 1 === line) current.last = line;
    else found.push({ first: line, last: line });
  }
  return found.filter(({ first, last }) => last > first);
}

/** One for each first line, the longest: an editor has one arrow there. */
function unique(ranges: readonly FoldingRange[]): FoldingRange[] {
  const byStart = new Map<number, FoldingRange>();
  for (const range of ranges) {
    const before = byStart.get(range.startLine);
    if (!before || before.endLine < range.endLine) byStart.set(range.startLine, range);
  }
  return [...byStart.values()].sort((a, b) => a.startLine - b.startLine);
}
