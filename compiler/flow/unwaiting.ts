/** Code that may not wait, wherever its calls lead. */
import type { Link } from "../calls/outline.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { ChildWaits, Waits } from "./waits.ts";

export interface Unwaiting {
  readonly links: readonly Link[];
  /** What counts as a wait. */
  readonly children: ChildWaits;
  readonly report: (first: Link, way: readonly Link[], bag: DiagnosticBag) => void;
}

export function checkUnwaiting(
  { links, children, report }: Unwaiting,
  waits: { readonly [K in ChildWaits]: Waits },
  bag: DiagnosticBag,
): void {
  if (links.length === 0) return;
  const way = waits[children].from(links);
  const [first] = way ?? [];
  if (way && first) report(first, way, bag);
}
