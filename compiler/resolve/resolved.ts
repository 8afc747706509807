/**
 * What name resolution guarantees: every name that means something points at what it means; what does not has been
 * reported and is absent from the tables, and later phases stay silent about it. The syntax tree itself is untouched.
 */
import type {
  Branch,
  Call,
  Compensate,
  Constant,
  Expr,
  FunctionClause,
  FunctionRef,
  Module,
  ModuleRef,
  Name,
  Parallel,
  Schedule,
  SourceFile,
  Spec,
  Step,
  TypeDefinition,
  Variable,
  VariablePattern,
  Workflow,
} from "../ast/nodes.ts";
import type { Span } from "../source/source.ts";
import type { RecordOf, Type } from "../types/type.ts";

/** One binding of a variable. Rebinding a name makes a new local, so a local never changes its value. */
export interface Local {
  readonly id: number;
  readonly name: string;
  readonly span: Span;
}

export interface FunctionDefinition {
  readonly module: ResolvedModule;
  readonly name: string;
  /** Of the clauses; calls may leave out the last `defaults` that have one. */
  readonly arity: number;
  readonly visibility: "public" | "private";
  readonly clauses: readonly FunctionClause[];
  readonly spec: Spec | null;
  readonly doc: string | null;
}

/** A function of a built-in module, from its signature file: `Enum.map/2`, `Durable.Context.put_context/2`, `Kernel.length/1`. */
export interface PreludeFunction {
  readonly module: string;
  readonly name: string;
  readonly arity: number;
  readonly params: readonly Type[];
  readonly result: Type;
  readonly effect: PreludeEffect;
  readonly doc: string;
  /** The types as the signature file writes them, for readers. */
  readonly written: { readonly params: readonly string[]; readonly result: string };
}

/** What a built-in function does besides computing; `blocks` waits in the process (`Process.sleep`). */
export type PreludeEffect = "pure" | "clock" | "random" | "log" | "context" | "suspends" | "starts" | "blocks";

/** A TypeScript module of the app. */
export interface ForeignModule {
  /** As the source calls it, `Mailer`. */
  readonly name: string;
  /** What an import statement in the generated file must reach: an absolute path without extension change, or a package name. */
  readonly specifier: string;
  /** By the name a call uses: the export's own, and `send_receipt` for `sendReceipt`. */
  readonly exports: ReadonlyMap<string, ForeignExport>;
}

export interface ForeignExport {
  /** The way to it from the module's namespace: `sendPaymentFailure`, `default`, `default.deliver`. */
  readonly name: string;
  readonly params: readonly Type[];
  /** Of further arguments, where the function takes any number; else null. */
  readonly rest: Type | null;
  /** Promises unwrapped. */
  readonly result: Type;
  /** The result's TypeScript, where it has no JSON form: a function, a bigint, a Map. */
  readonly unstorable?: string;
  /** Whether TypeScript takes whatever the types of the parameters allow; of others it may ask more. */
  readonly isExact: boolean;
  readonly minArity: number;
  /** Path and line, for messages and go-to-definition. */
  readonly path: string;
  readonly line: number;
}

export type CallTarget =
  | { readonly kind: "prelude"; readonly function: PreludeFunction }
  | { readonly kind: "function"; readonly function: FunctionDefinition }
  | { readonly kind: "foreign"; readonly module: ForeignModule; readonly export: ForeignExport };

export interface ResolvedModule {
  readonly name: string;
  readonly file: SourceFile;
  readonly ast: Module;
  readonly constants: ReadonlyMap<string, Constant>;
  readonly types: ReadonlyMap<string, TypeDefinition>;
  /** By `name/arity`. */
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  /** In source order; the first is the module's default. */
  readonly workflows: readonly ResolvedWorkflow[];
}

export interface ResolvedWorkflow {
  readonly module: ResolvedModule;
  readonly name: string;
  readonly ast: Workflow;
  readonly schedules: readonly Schedule[];
  readonly options: WorkflowOptions;
}

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly backoff?: "exponential" | "linear" | "constant";
  readonly base?: number;
  readonly maxBackoff?: number;
}

/** Options after checking and constant folding; absent where not given. Times are milliseconds. */
export interface WorkflowOptions {
  readonly timeoutMs?: number;
  /** From `max_retries: n`. */
  readonly retry?: RetryPolicy;
  readonly queue?: string;
  readonly tags?: readonly string[];
}

export interface StepOptions {
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
  readonly compensate?: Name;
  readonly queue?: string;
  /** `returns:`, in a parallel block. */
  readonly returns?: string;
}

export interface ParallelOptions {
  readonly onError: "fail_fast" | "complete_all";
  readonly run: "inline" | "queued";
}

export interface ResolvedProgram {
  readonly modules: ReadonlyMap<string, ResolvedModule>;
  readonly foreign: ReadonlyMap<string, ForeignModule>;
  /** Both binding and use. A variable that is absent was unknown and has been reported. */
  readonly locals: ReadonlyMap<Variable | VariablePattern, Local>;
  readonly calls: ReadonlyMap<Call | FunctionRef, CallTarget>;
  /** Module references that mean a module of the project (the argument of `call_workflow`, say). */
  readonly moduleRefs: ReadonlyMap<ModuleRef, ResolvedModule>;
  /** The workflow that a call of `call_workflow` or `start_workflow` names; absent where it names none. */
  readonly children: ReadonlyMap<Call, ResolvedWorkflow>;
  readonly stepOptions: ReadonlyMap<Step | Compensate, StepOptions>;
  readonly parallelOptions: ReadonlyMap<Parallel, ParallelOptions>;
}

export interface StepExits {
  /** Whether the item that follows may be next. */
  readonly goesOn: boolean;
  /** The steps a goto may lead to. */
  readonly targets: readonly string[];
}

export interface Signature {
  readonly params: readonly Type[];
  readonly result: Type;
}

/** The workflow whose input or output a record is. */
export interface Origin {
  readonly workflow: ResolvedWorkflow;
  readonly role: "Input" | "Output";
}

/** What checking adds: a type for every expression, and the data as it reaches every item of a workflow. */
export interface TypedProgram {
  readonly resolved: ResolvedProgram;
  /** `dynamic` where nothing is known. */
  readonly typeOf: (expr: Expr) => Type;
  /** The type of the value a local holds, as its binding tells. */
  readonly typeOfLocal: (local: Local) => Type;
  /** The data given to a step, branch condition, parallel block or compensation. */
  readonly dataAt: (item: Step | Branch | Parallel | Compensate) => Type;
  /** The data after a step, however it ends well; null where that is not known. */
  readonly dataAfter: (step: Step) => Type | null;
  /** How a step's body, or a parallel block, can end, other than by failing. */
  readonly exitsOf: (item: Step | Parallel) => StepExits;
  /** True when one of a branch's clauses takes every value its condition can have. */
  readonly isCovered: (branch: Branch) => boolean;
  /** What a function's `@spec` says, or what its clauses give. */
  readonly signatureOf: (definition: FunctionDefinition) => Signature;
  readonly inputOf: (workflow: ResolvedWorkflow) => RecordOf;
  /** The declared payload of each event; null where `events:` is left out. */
  readonly eventsOf: (workflow: ResolvedWorkflow) => RecordOf | null;
  readonly resultOf: (workflow: ResolvedWorkflow) => RecordOf;
  /** Where a record comes from, as the checker made it; null for one that was made in between. */
  readonly originOf: (record: RecordOf) => Origin | null;
}
