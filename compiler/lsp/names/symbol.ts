/** What a name in a text can stand for. */
import type { Call, Compensate, Constant, Expr, Field, Step, TypeDefinition } from "../../ast/nodes.ts";
import type {
  ForeignExport,
  ForeignModule,
  FunctionDefinition,
  Local,
  PreludeFunction,
  ResolvedModule,
  ResolvedWorkflow,
} from "../../resolve/resolved.ts";
import type { SourceText, Span } from "../../source/source.ts";

export type NameSymbol =
  | { readonly kind: "local"; readonly local: Local; readonly source: SourceText }
  | { readonly kind: "step"; readonly step: Step; readonly workflow: ResolvedWorkflow }
  | { readonly kind: "compensation"; readonly compensation: Compensate; readonly workflow: ResolvedWorkflow }
  | { readonly kind: "workflow"; readonly workflow: ResolvedWorkflow }
  | { readonly kind: "module"; readonly module: ResolvedModule }
  | { readonly kind: "builtInModule"; readonly name: string }
  | { readonly kind: "foreignModule"; readonly module: ForeignModule; readonly source: SourceText }
  | { readonly kind: "function"; readonly function: FunctionDefinition }
  | { readonly kind: "builtIn"; readonly function: PreludeFunction }
  | { readonly kind: "foreign"; readonly module: ForeignModule; readonly export: ForeignExport }
  | { readonly kind: "constant"; readonly constant: Constant; readonly module: ResolvedModule }
  | { readonly kind: "type"; readonly type: TypeDefinition; readonly module: ResolvedModule }
  | { readonly kind: "option"; readonly option: OptionPlace; readonly module: ResolvedModule }
  | { readonly kind: "dataKey"; readonly key: string; readonly workflow: ResolvedWorkflow }
  | { readonly kind: "field"; readonly field: Field };

/** An option, with what it belongs to. */
export interface OptionPlace {
  readonly name: string;
  readonly value: Expr;
  readonly owner: OptionOwner;
}

export type OptionOwner =
  | { readonly kind: "call"; readonly call: Call }
  | { readonly kind: "workflow" | "step" | "decision" | "compensate" | "parallel" | "schedule" | "retry" };

/** A name at its place: where it is defined, or where it is only meant. */
export interface Occurrence {
  /** Of the name alone, without a colon, quotes or `@`. */
  readonly span: Span;
  readonly symbol: NameSymbol;
  readonly role: "definition" | "reference";
  /** The expression or pattern that is the name, where it has a type of its own. */
  readonly expr?: Expr;
}

/** Two symbols are one when these are. */
export function identityOf(symbol: NameSymbol): unknown {
  switch (symbol.kind) {
    case "local":
      return symbol.local;
    case "step":
      return symbol.step;
    case "compensation":
      return symbol.compensation;
    case "workflow":
      return symbol.workflow.ast;
    case "module":
      return symbol.module.ast;
    case "builtInModule":
      return symbol.name;
    case "foreignModule":
      return `${symbol.source.path}:${symbol.module.name}`;
    case "function":
      return symbol.function.clauses[0];
    case "builtIn":
      return `${symbol.function.module}.${symbol.function.name}`;
    case "foreign":
      return `${symbol.export.path}:${symbol.export.name}`;
    case "constant":
      return symbol.constant;
    case "type":
      return symbol.type;
    case "option":
      return symbol.option.value;
    case "dataKey":
      return `${symbol.workflow.module.name}/${symbol.workflow.name}:${symbol.key}`;
    case "field":
      return symbol.field;
  }
}
