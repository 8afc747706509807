import type { Fn } from "../ast/nodes.ts";
import { readLocals } from "../ir/liveness.ts";
import type { Facts } from "../ir/lower/facts.ts";
import type { FunctionIr, Statement } from "../ir/machine.ts";
import type {
  ForeignExport,
  ForeignModule,
  FunctionDefinition,
  Local,
  ResolvedModule,
  ResolvedWorkflow,
} from "../resolve/resolved.ts";
import type { RecordOf, Type } from "../types/type.ts";
import type { Names } from "./names.ts";

/** What code in one emitted file may refer to. Asking for a name imports it. */
export interface FileScope {
  /** A name of `@durablec/runtime`. */
  readonly runtime: (name: string) => string;
  readonly runtimeType: (name: string) => string;
  /** The exported type that is this record: a workflow's input or output, its data at a step. */
  readonly recordName: (record: RecordOf) => string | null;
  readonly machine: (workflow: ResolvedWorkflow) => string;
  readonly function: (definition: FunctionDefinition) => string;
  /** `Mailer.deliver`. */
  readonly foreign: (module: ForeignModule, entry: ForeignExport) => string;
  /** The constant that holds the schema of what a foreign function gives; null where nothing is known of that. */
  readonly foreignResult: (module: ForeignModule, entry: ForeignExport) => string | null;
  /** Names that locals must not hide. */
  readonly taken: ReadonlySet<string>;
}

/** What code in one function may refer to. */
export interface Scope {
  readonly file: FileScope;
  readonly facts: Facts;
  readonly module: ResolvedModule;
  readonly names: Names;
  /** What the function is declared to give; `dynamic` for a body of a machine and an anonymous function. */
  readonly result: Type;
  /** False for a local that nothing reads, which then needs no variable. */
  readonly isRead: (local: Local) => boolean;
  readonly lowerFn: (fn: Fn) => FunctionIr;
  /** Captures being emitted, innermost last: what stands for `&1`, `&2`, … */
  readonly captures: readonly (readonly CapturedArgument[])[];
}

export interface CapturedArgument {
  readonly text: string;
  /** What it is declared as. */
  readonly type: Type;
}

/** To be asked anew for each function: lowering gives its body locals that no other code knows. */
export function readIn(statements: readonly Statement[], facts: Facts): Scope["isRead"] {
  const reads = readLocals(statements, facts);
  return (local) => reads.has(local);
}
