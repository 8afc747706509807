/** Names of modules: what each means where it stands. */
import type { ModuleRef } from "../../ast/nodes.ts";
import { meaningOf } from "../../resolve/environment.ts";
import type { Span } from "../../source/source.ts";
import { type Collector, refer } from "./collector.ts";
import type { NameSymbol } from "./symbol.ts";

/** `Enum`, `Tea.Order`, `Mailer` or `:rand` anywhere but where it is defined. */
export function referToModule(collector: Collector, span: Span, name: string, erlang = false): void {
  const symbol = moduleSymbol(collector, { kind: "moduleRef", span, name, erlang });
  if (symbol) refer(collector, span, symbol);
}

export function moduleSymbol({ environment, source }: Collector, ref: ModuleRef): NameSymbol | null {
  const meaning = meaningOf(environment, ref);
  switch (meaning.kind) {
    case "project":
      return { kind: "module", module: meaning.module };
    case "prelude":
      return { kind: "builtInModule", name: meaning.name };
    case "foreign":
      return { kind: "foreignModule", module: meaning.module, source };
    default:
      return null;
  }
}
