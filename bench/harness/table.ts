/** Tables as text. */
import { markdownTable } from "markdown-table";
import type { Cell, Table } from "./bench.ts";

/** In Markdown, so that it can be pasted into a page. */
export function tableText({ title, columns, rows, note }: Table): string {
  const cells = [columns, ...rows.map((row) => row.map(cellText))];
  const align = columns.map((_, n) => (n === 0 ? "l" : "r"));
  return [`### ${title}`, gridText(cells, align), ...(note === undefined ? [] : [note])].join("\n\n");
}

export function gridText(cells: readonly (readonly string[])[], align: readonly ("l" | "r")[]): string {
  return markdownTable(
    cells.map((row) => [...row]),
    { align: [...align] },
  );
}

/** The median and, in brackets, how far the rounds lay apart. */
function cellText(cell: Cell): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  if (typeof cell === "number") return numberText(cell);
  const { median, min, max, rounds } = cell;
  return rounds === 1 ? numberText(median) : `${numberText(median)} (${numberText(min)}–${numberText(max)})`;
}

/** Three digits that mean something. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
