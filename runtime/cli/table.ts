/** Plain tables: columns as wide as their widest cell. */

/** Rows under headings, without columns that are empty; a note instead when there is no row. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  none: string,
): string {
  if (rows.length === 0) return none;
  const used = headings.map((_, column) => rows.some((row) => (row[column] ?? "") !== ""));
  const lines = [headings, ...rows].map((row) =>
    row.filter((_, column) => used[column]).map((cell) => String(cell ?? "")),
  );
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
