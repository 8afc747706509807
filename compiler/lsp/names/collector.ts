/** What the walks over a file share: where they are, and where they put what they find. */

import type { Environment } from "../../resolve/environment.ts";
import type { ResolvedModule } from "../../resolve/resolved.ts";
import type { Snapshot } from "../../session.ts";
import type { SourceText, Span } from "../../source/source.ts";
import { nameSpan } from "./name-span.ts";
import type { NameSymbol, Occurrence } from "./symbol.ts";

export interface Collector {
  readonly snapshot: Snapshot;
  readonly source: SourceText;
  readonly module: ResolvedModule;
  readonly environment: Environment;
  readonly found: Occurrence[];
}

export function define(collector: Collector, span: Span, symbol: NameSymbol, expr?: Occurrence["expr"]): void {
  add(collector, span, symbol, "definition", expr);
}

export function refer(collector: Collector, span: Span, symbol: NameSymbol, expr?: Occurrence["expr"]): void {
  add(collector, span, symbol, "reference", expr);
}

function add(
  { found, source }: Collector,
  span: Span,
  symbol: NameSymbol,
  role: Occurrence["role"],
  expr: Occurrence["expr"],
): void {
  if (span.end <= span.start) return;
  found.push({ span: nameSpan(source, span), symbol, role, ...(expr && { expr }) });
}
