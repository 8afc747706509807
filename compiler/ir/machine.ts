/**
 * The machine IR: a workflow as states, each with a body that runs from its start to the next suspension or the end.
 *
 * Bodies are structured statements. The expressions in them are syntax-tree nodes that need no statement of their own
 * and cannot suspend; what suspends is always a `suspend` statement. Locals are never assigned twice, except slots,
 * which are declared, filled on every path and then only read.
 */
import type { Branch, Call, Compensate, Expr, Parallel, Pattern, Step } from "../ast/nodes.ts";
import type { FunctionDefinition, Local, ResolvedWorkflow } from "../resolve/resolved.ts";
import type { Span } from "../source/source.ts";

/** A path of names; see ids.ts. */
export type StateId = string;

export interface MachineIr {
  readonly workflow: ResolvedWorkflow;
  /** Null for a workflow without steps. */
  readonly start: StateId | null;
  /** In the order of the source; the resume points of a step follow it. */
  readonly states: readonly StateIr[];
  readonly compensations: readonly CompensationIr[];
  /** The workflows it calls or starts, in order of first mention. */
  readonly children: readonly ResolvedWorkflow[];
  /** Names it may wait for; `"*"` for computed ones. */
  readonly events: readonly string[];
  readonly inputs: readonly string[];
}

export type StateIr = StepIr | ResumeIr | BranchIr | ParallelIr;

interface StateBase {
  readonly id: StateId;
  readonly span: Span;
}

export interface StepIr extends StateBase {
  readonly kind: "step";
  readonly ast: Step;
  readonly next: StateId | null;
  /** Steps that a goto in the body may name, with their states; empty when the body has none. */
  readonly gotos: ReadonlyMap<string, StateId>;
  readonly body: BodyIr;
}

/** Where a step goes on: after a wait (`received` is what came), or where paths meet (`received` is their value). */
export interface ResumeIr extends StateBase {
  readonly kind: "resume";
  readonly step: StateId;
  readonly reason: ResumeReason;
  /** What suspensions and jumps that lead here save, in order. */
  readonly saved: readonly Local[];
  readonly received: Local | null;
  readonly body: BodyIr;
}

/** `what` is for the comment above the state: "call_workflow MyApp.PaymentWorkflow", "the case". */
export interface ResumeReason {
  readonly kind: "wait" | "join" | "loop";
  readonly what: string;
}

export interface BranchIr extends StateBase {
  readonly kind: "branch";
  readonly ast: Branch;
  /** A `goState` in its body names the state to go on with. */
  readonly body: BodyIr;
}

export interface ParallelIr extends StateBase {
  readonly kind: "parallel";
  readonly ast: Parallel;
  /** By results key. */
  readonly branches: ReadonlyMap<string, StateId>;
  readonly next: StateId | null;
  readonly into: FunctionIr | null;
  readonly gotos: ReadonlyMap<string, StateId>;
}

export interface CompensationIr {
  readonly name: string;
  readonly ast: Compensate;
  readonly body: BodyIr;
}

export interface BodyIr {
  /** The local that holds the step's data; null when the body never names it. */
  readonly data: Local | null;
  readonly statements: readonly Statement[];
  readonly effects: Effects;
}

/** What running a piece of code may do. */
export interface Effects {
  /** Awaits foreign code. */
  readonly async: boolean;
  /** Nothing but computing and context writes: no foreign call, clock, random, log or started child. */
  readonly pure: boolean;
  /** Needs `io`. */
  readonly io: boolean;
  readonly suspends: boolean;
  /** Starts a child. */
  readonly starts: boolean;
}

/** A function of the program, or an anonymous one. */
export interface FunctionIr {
  readonly params: readonly Local[];
  /** What a parameter is when the call leaves it out; null when the first statements compute that. */
  readonly defaults: ReadonlyMap<Local, Expr | null>;
  readonly statements: readonly Statement[];
  readonly effects: Effects;
  readonly definition: FunctionDefinition | null;
}

export type Statement =
  | LetStatement
  | BindStatement
  | DeclareStatement
  | AssignStatement
  | AppendStatement
  | EvaluateStatement
  | IfStatement
  | MatchStatement
  | LoopStatement
  | TryStatement
  | ReturnStatement
  | GoStateStatement
  | SuspendStatement
  | JumpStatement
  | FailStatement
  | BreakStatement
  | RaiseStatement;

export interface LetStatement {
  readonly kind: "let";
  readonly local: Local;
  readonly value: Expr;
}

/** `pattern = value`, raising MatchError. The value is a variable or a path, safe to read twice. */
export interface BindStatement {
  readonly kind: "bind";
  readonly pattern: Pattern;
  readonly value: Expr;
}

/** Introduces a slot: a local that a control structure below fills, or that a loop changes from `initial` on. */
export interface DeclareStatement {
  readonly kind: "declare";
  readonly local: Local;
  readonly initial: Expr | null;
  /** On every path to where it is read, on those that a flag tells from the others, or by nothing but `append`. */
  readonly filled: "always" | "sometimes" | "appended";
}

/** Adds to the list in a slot. */
export interface AppendStatement {
  readonly kind: "append";
  readonly local: Local;
  readonly value: Expr;
}

export interface AssignStatement {
  readonly kind: "assign";
  readonly local: Local;
  readonly value: Expr;
}

export interface EvaluateStatement {
  readonly kind: "evaluate";
  readonly value: Expr;
}

export interface IfStatement {
  readonly kind: "if";
  readonly condition: Expr;
  readonly negated: boolean;
  readonly then: readonly Statement[];
  readonly else: readonly Statement[];
}

/** Clauses tried in order on one value, a variable or a path. Without a match `otherwise` runs. */
export interface MatchStatement {
  readonly kind: "match";
  readonly subject: Expr;
  readonly clauses: readonly MatchClause[];
  readonly otherwise: readonly Statement[];
}

export interface MatchClause {
  readonly span: Span;
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: readonly Statement[];
}

/** `for item of source`, within one segment. */
export interface LoopStatement {
  readonly kind: "loop";
  readonly item: Local;
  readonly source: Expr;
  readonly body: readonly Statement[];
}

export interface TryStatement {
  readonly kind: "try";
  readonly body: readonly Statement[];
  readonly rescue: readonly RescueIr[];
  /** Run whichever way the body ends; only in a `try` that stays within one segment. */
  readonly after: readonly Statement[];
  /** Run before an error that no clause rescues goes on. */
  readonly uncaught: readonly Statement[];
}

export interface RescueIr {
  /** Error types it takes; empty for any. */
  readonly types: readonly string[];
  /** Holds the error, as a map. */
  readonly error: Local | null;
  readonly body: readonly Statement[];
}

export interface ReturnStatement {
  readonly kind: "return";
  readonly value: Expr;
}

/** Ends a branch's condition with the state that goes on; null ends the workflow or the enclosing clause. */
export interface GoStateStatement {
  readonly kind: "goState";
  readonly state: StateId | null;
}

export interface SuspendStatement {
  readonly kind: "suspend";
  readonly span: Span;
  readonly operation: Operation;
  readonly resume: StateId;
  readonly saved: readonly Local[];
}

/** A method of `Io` that suspends, with its arguments and the options that the language's keywords became. */
export interface Operation {
  readonly method:
    | "callWorkflow"
    | "sleep"
    | "scheduleAt"
    | "waitForEvent"
    | "waitForAny"
    | "waitForAll"
    | "waitForInput"
    | "checkpoint";
  readonly workflow: ResolvedWorkflow | null;
  readonly args: readonly Expr[];
  readonly options: readonly { readonly name: string; readonly value: Expr }[];
}

export interface JumpStatement {
  readonly kind: "jump";
  readonly to: StateId;
  readonly saved: readonly Local[];
  /** Saved locals that the target gets with another value: a loop's position and result. */
  readonly updates: readonly Update[];
  readonly value: Expr | null;
}

export interface Update {
  readonly local: Local;
  readonly value: Expr;
}

/** No clause took the value: raises the error of the construct it stands for. */
export interface FailStatement {
  readonly kind: "fail";
  readonly error: "CaseClauseError" | "CondClauseError" | "FunctionClauseError" | "TryClauseError" | "WithClauseError";
  readonly value: Expr | null;
  /** Of the function, for FunctionClauseError: `MyApp.Orders.total/1`. */
  readonly name: string | null;
}

/** Leaves the innermost `loop`. */
export interface BreakStatement {
  readonly kind: "break";
}

/** A call that never returns, `raise "out of stock"`. */
export interface RaiseStatement {
  readonly kind: "raise";
  readonly value: Call;
}
