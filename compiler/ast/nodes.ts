/**
 * The syntax tree: what the author wrote, free of layout. Pipes are already calls, `unless` an `if`, one-line `do:` a
 * block. Every node carries the span of its own text. Names are not resolved here (see resolve/).
 */
import type { SourceText, Span } from "../source/source.ts";

/** Anything that can be walked; see walk.ts. Types are not part of it, for nothing is evaluated there. */
export type Node = Module | ModuleItem | WorkflowItem | Expr | Pattern;

export interface SourceFile {
  readonly kind: "file";
  readonly source: SourceText;
  readonly span: Span;
  readonly modules: readonly Module[];
  readonly comments: readonly Comment[];
}

export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** A name together with where it stands. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

// ── Modules ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Module {
  readonly kind: "module";
  readonly span: Span;
  /** Dotted, for example `MyApp.OrderWorkflow`. */
  readonly name: Name;
  /** True for workflows at the top of a file: the module is named after the file and every `use` is in effect. */
  readonly implicit: boolean;
  readonly doc: string | null;
  readonly items: readonly ModuleItem[];
}

export type ModuleItem =
  | Use
  | Alias
  | Require
  | ForeignImport
  | Constant
  | TypeDefinition
  | Spec
  | FunctionClause
  | Schedule
  | Workflow;

export interface Use {
  readonly kind: "use";
  readonly span: Span;
  readonly module: Name;
}

export interface Alias {
  readonly kind: "alias";
  readonly span: Span;
  readonly module: Name;
  /** `alias A.{B, C}` is two of these; `as` defaults to the last segment. */
  readonly as: Name;
}

export interface Require {
  readonly kind: "require";
  readonly span: Span;
  readonly module: Name;
}

/** `import Mailer, from: "./mailer"`. */
export interface ForeignImport {
  readonly kind: "foreignImport";
  readonly span: Span;
  readonly name: Name;
  readonly from: Name;
}

/** `@name value`. */
export interface Constant {
  readonly kind: "constant";
  readonly span: Span;
  readonly name: Name;
  readonly value: Expr;
}

export interface TypeDefinition {
  readonly kind: "typeDefinition";
  readonly span: Span;
  readonly name: Name;
  readonly params: readonly Name[];
  readonly type: TypeExpr;
}

export interface Spec {
  readonly kind: "spec";
  readonly span: Span;
  readonly name: Name;
  /** The `@doc` before it, when no function follows that would own it: signature files. */
  readonly doc: string | null;
  readonly params: readonly TypeExpr[];
  readonly result: TypeExpr;
  /** `when a: term()` variables. */
  readonly variables: readonly Name[];
}

/** One clause of a `def` or `defp`; clauses of one name and arity stand next to each other. */
export interface FunctionClause {
  readonly kind: "functionClause";
  readonly span: Span;
  readonly name: Name;
  readonly visibility: "public" | "private";
  readonly doc: string | null;
  readonly params: readonly Param[];
  readonly guard: Expr | null;
  /** Null for a head that only declares defaults. */
  readonly body: Block | null;
}

export interface Param {
  readonly pattern: Pattern;
  /** `name \\ default`. */
  readonly default: Expr | null;
}

/** `@schedule cron: "…", …`, which applies to the next workflow. */
export interface Schedule {
  readonly kind: "schedule";
  readonly span: Span;
  readonly options: readonly Option[];
}

// ── Workflows ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Workflow {
  readonly kind: "workflow";
  readonly span: Span;
  readonly name: Name;
  readonly doc: string | null;
  readonly options: readonly Option[];
  /** The type after `input:`, when it is declared. */
  readonly input: TypeExpr | null;
  /** The map type after `events:`, the payload of each event, when it is declared. */
  readonly events: TypeExpr | null;
  readonly items: readonly WorkflowItem[];
}

export type WorkflowItem = Step | Branch | Parallel | Compensate;

/** A keyword option, `timeout: hours(2)`. */
export interface Option {
  readonly name: Name;
  readonly value: Expr;
}

export interface Step {
  readonly kind: "step";
  readonly span: Span;
  readonly variant: "step" | "decision";
  readonly name: Name;
  readonly options: readonly Option[];
  readonly body: Fn;
}

export interface Branch {
  readonly kind: "branch";
  readonly span: Span;
  /** The word `branch`, for messages about the whole block. */
  readonly keyword: Span;
  readonly on: Fn;
  readonly clauses: readonly BranchClause[];
}

export interface BranchClause {
  readonly span: Span;
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly items: readonly WorkflowItem[];
}

export interface Parallel {
  readonly kind: "parallel";
  readonly span: Span;
  readonly keyword: Span;
  readonly options: readonly Option[];
  readonly into: Fn | null;
  readonly items: readonly WorkflowItem[];
}

export interface Compensate {
  readonly kind: "compensate";
  readonly span: Span;
  readonly name: Name;
  readonly options: readonly Option[];
  readonly body: Fn;
}

// ── Expressions ─────────────────────────────────────────────────────────────────────────────────────────────────────

export type Expr =
  | Literal
  | Interpolation
  | Sigil
  | Variable
  | ConstantRef
  | ModuleRef
  | ListExpr
  | TupleExpr
  | MapExpr
  | Unary
  | Binary
  | Match
  | Call
  | Apply
  | Field
  | Access
  | Fn
  | Capture
  | CaptureArgument
  | FunctionRef
  | Case
  | Cond
  | If
  | With
  | For
  | Try
  | MatchTest
  | Block
  | InvalidExpr;

export interface Literal {
  readonly kind: "literal";
  readonly span: Span;
  readonly type: "nil" | "boolean" | "integer" | "float" | "string" | "atom";
  readonly value: null | boolean | number | string;
}

/** `"a #{b} c"`; also heredocs and quoted atoms (`type: "atom"`) that interpolate. */
export interface Interpolation {
  readonly kind: "interpolation";
  readonly span: Span;
  readonly type: "string" | "atom";
  readonly parts: readonly (string | Expr)[];
}

/** `~s ~w ~U ~D ~r`, escapes already resolved where the sigil's letter is lower-case. */
export interface Sigil {
  readonly kind: "sigil";
  readonly span: Span;
  readonly letter: string;
  readonly parts: readonly (string | Expr)[];
  readonly modifiers: string;
}

export interface Variable {
  readonly kind: "variable";
  readonly span: Span;
  readonly name: string;
}

/** `@name`. */
export interface ConstantRef {
  readonly kind: "constantRef";
  readonly span: Span;
  readonly name: string;
}

/** `MyApp.PaymentWorkflow` as a value, or before the dot of a call; `:rand` before a dot is `{ erlang: true }`. */
export interface ModuleRef {
  readonly kind: "moduleRef";
  readonly span: Span;
  readonly name: string;
  readonly erlang: boolean;
}

/** `[a, b | tail]`; keyword pairs are two-tuples whose first item is an atom. */
export interface ListExpr {
  readonly kind: "list";
  readonly span: Span;
  readonly items: readonly Expr[];
  readonly tail: Expr | null;
  /** True when every item was written `key: value`. */
  readonly keyword: boolean;
}

export interface TupleExpr {
  readonly kind: "tuple";
  readonly span: Span;
  readonly items: readonly Expr[];
}

export interface MapExpr {
  readonly kind: "map";
  readonly span: Span;
  /** `%{base | …}`. */
  readonly base: Expr | null;
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  readonly key: Expr;
  readonly value: Expr;
}

export type UnaryOperator = "-" | "+" | "!" | "not";

export interface Unary {
  readonly kind: "unary";
  readonly span: Span;
  readonly operator: UnaryOperator;
  readonly operand: Expr;
}

export type BinaryOperator =
  | "**"
  | "*"
  | "/"
  | "+"
  | "-"
  | "++"
  | "--"
  | ".."
  | "..//"
  | "<>"
  | "in"
  | "not in"
  | "<"
  | ">"
  | "<="
  | ">="
  | "=="
  | "!="
  | "==="
  | "!=="
  | "=~"
  | "&&"
  | "and"
  | "||"
  | "or";

export interface Binary {
  readonly kind: "binary";
  readonly span: Span;
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}

/** `pattern = value`. */
export interface Match {
  readonly kind: "match";
  readonly span: Span;
  readonly pattern: Pattern;
  readonly value: Expr;
}

/** `name(args)`, `Module.name(args)`, and `x |> name(args)` with `x` first and `piped` set. */
export interface Call {
  readonly kind: "call";
  readonly span: Span;
  /** What stands before the dot; null for a local name. */
  readonly module: ModuleRef | null;
  readonly name: Name;
  readonly args: readonly Expr[];
  /** Trailing `key: value` arguments are one keyword list as the last of `args`; this says so. */
  readonly keywords: boolean;
  readonly piped: boolean;
  /** `name` without parentheses or arguments could also be a variable; such calls have parentheses. */
  readonly parentheses: boolean;
}

/** `f.(x)`. */
export interface Apply {
  readonly kind: "apply";
  readonly span: Span;
  readonly fn: Expr;
  readonly args: readonly Expr[];
  readonly piped: boolean;
}

/** `data.total`: the key must be there. */
export interface Field {
  readonly kind: "field";
  readonly span: Span;
  readonly object: Expr;
  readonly key: Name;
}

/** `data[:total]`: nil when absent. */
export interface Access {
  readonly kind: "access";
  readonly span: Span;
  readonly object: Expr;
  readonly key: Expr;
}

export interface Fn {
  readonly kind: "fn";
  readonly span: Span;
  readonly clauses: readonly FnClause[];
}

export interface FnClause {
  readonly span: Span;
  readonly params: readonly Pattern[];
  readonly guard: Expr | null;
  readonly body: Block;
}

/** `&(&1 + 1)`. */
export interface Capture {
  readonly kind: "capture";
  readonly span: Span;
  readonly body: Expr;
  readonly arity: number;
}

/** `&1`. */
export interface CaptureArgument {
  readonly kind: "captureArgument";
  readonly span: Span;
  readonly index: number;
}

/** `&String.upcase/1`, `&total/1`. */
export interface FunctionRef {
  readonly kind: "functionRef";
  readonly span: Span;
  readonly module: ModuleRef | null;
  readonly name: Name;
  readonly arity: number;
}

/** One `pattern when guard -> body` of a `case`, `else`, `rescue` or reducing `for`. */
export interface Clause {
  readonly span: Span;
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: Block;
}

export interface Case {
  readonly kind: "case";
  readonly span: Span;
  readonly subject: Expr;
  readonly clauses: readonly Clause[];
}

export interface Cond {
  readonly kind: "cond";
  readonly span: Span;
  readonly clauses: readonly CondClause[];
}

export interface CondClause {
  readonly span: Span;
  readonly condition: Expr;
  readonly body: Block;
}

/** `if` and `unless` (then `negated`). */
export interface If {
  readonly kind: "if";
  readonly span: Span;
  readonly negated: boolean;
  readonly condition: Expr;
  readonly then: Block;
  readonly else: Block | null;
}

export interface With {
  readonly kind: "with";
  readonly span: Span;
  readonly bindings: readonly WithBinding[];
  readonly body: Block;
  readonly else: readonly Clause[];
}

/** `pattern when guard <- value`, or a bare expression such as `x = f()`. */
export type WithBinding =
  | {
      readonly kind: "arrow";
      readonly span: Span;
      readonly pattern: Pattern;
      readonly guard: Expr | null;
      readonly value: Expr;
    }
  | { readonly kind: "plain"; readonly span: Span; readonly value: Expr };

export interface For {
  readonly kind: "for";
  readonly span: Span;
  readonly qualifiers: readonly ForQualifier[];
  readonly into: Expr | null;
  readonly uniq: Expr | null;
  /** `reduce: initial`; then `reducer` holds the clauses and `body` is null. */
  readonly reduce: Expr | null;
  readonly reducer: readonly Clause[];
  readonly body: Block | null;
}

export type ForQualifier =
  | {
      readonly kind: "generator";
      readonly span: Span;
      readonly pattern: Pattern;
      readonly guard: Expr | null;
      readonly source: Expr;
    }
  | { readonly kind: "filter"; readonly span: Span; readonly condition: Expr };

export interface Try {
  readonly kind: "try";
  readonly span: Span;
  readonly body: Block;
  readonly rescue: readonly RescueClause[];
  readonly else: readonly Clause[];
  readonly after: Block | null;
}

/** `e in [KeyError, ArgumentError] -> …`; no names means any error; no variable means it is not bound. */
export interface RescueClause {
  readonly span: Span;
  readonly variable: VariablePattern | null;
  readonly errors: readonly Name[];
  readonly body: Block;
}

/** `match?(pattern, value)`; the pattern may have a guard. */
export interface MatchTest {
  readonly kind: "matchTest";
  readonly span: Span;
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly value: Expr;
}

/** A sequence whose value is that of its last expression; an empty one is nil. */
export interface Block {
  readonly kind: "block";
  readonly span: Span;
  readonly expressions: readonly Expr[];
}

/** Stands where an expression was broken; it has been reported, and later phases stay silent about it. */
export interface InvalidExpr {
  readonly kind: "invalid";
  readonly span: Span;
}

// ── Patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Pattern =
  | WildcardPattern
  | VariablePattern
  | PinPattern
  | LiteralPattern
  | TuplePattern
  | ListPattern
  | MapPattern
  | BothPattern
  | PrefixPattern
  | InvalidPattern;

/** `_`. */
export interface WildcardPattern {
  readonly kind: "wildcardPattern";
  readonly span: Span;
}

export interface VariablePattern {
  readonly kind: "variablePattern";
  readonly span: Span;
  readonly name: string;
}

/** `^x`. */
export interface PinPattern {
  readonly kind: "pinPattern";
  readonly span: Span;
  readonly value: Expr;
}

/** A literal, a negative number, or `@const`. */
export interface LiteralPattern {
  readonly kind: "literalPattern";
  readonly span: Span;
  readonly value: Literal | ConstantRef | Sigil;
}

export interface TuplePattern {
  readonly kind: "tuplePattern";
  readonly span: Span;
  readonly items: readonly Pattern[];
}

export interface ListPattern {
  readonly kind: "listPattern";
  readonly span: Span;
  readonly items: readonly Pattern[];
  readonly tail: Pattern | null;
}

/** `%{key => pattern}`: every key must be there; other keys are ignored. */
export interface MapPattern {
  readonly kind: "mapPattern";
  readonly span: Span;
  readonly entries: readonly { readonly key: Expr; readonly pattern: Pattern }[];
}

/** `left = right`: both must match. */
export interface BothPattern {
  readonly kind: "bothPattern";
  readonly span: Span;
  readonly left: Pattern;
  readonly right: Pattern;
}

/** `"prefix" <> rest`. */
export interface PrefixPattern {
  readonly kind: "prefixPattern";
  readonly span: Span;
  readonly prefix: string;
  readonly rest: Pattern;
}

/** Stands where a pattern was broken. */
export interface InvalidPattern {
  readonly kind: "invalidPattern";
  readonly span: Span;
  /** The words in it, any of which it may have been meant to bind. */
  readonly names: readonly VariablePattern[];
}

// ── Types ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export type TypeExpr =
  | NamedType
  | LiteralType
  | ListType
  | TupleType
  | MapType
  | UnionType
  | FnType
  | TypeVariable
  | InvalidType;

/** `integer()`, `list(t)`, `String.t()`, `Orders.order()`. */
export interface NamedType {
  readonly kind: "namedType";
  readonly span: Span;
  readonly module: string | null;
  readonly name: string;
  readonly args: readonly TypeExpr[];
}

export interface LiteralType {
  readonly kind: "literalType";
  readonly span: Span;
  readonly value: Literal;
}

export interface ListType {
  readonly kind: "listType";
  readonly span: Span;
  readonly element: TypeExpr;
}

export interface TupleType {
  readonly kind: "tupleType";
  readonly span: Span;
  readonly items: readonly TypeExpr[];
}

export interface MapType {
  readonly kind: "mapType";
  readonly span: Span;
  readonly fields: readonly { readonly name: string; readonly optional: boolean; readonly type: TypeExpr }[];
  /** `String.t() => value`: any further key. */
  readonly rest: { readonly key: TypeExpr; readonly value: TypeExpr } | null;
}

export interface UnionType {
  readonly kind: "unionType";
  readonly span: Span;
  readonly members: readonly TypeExpr[];
}

export interface FnType {
  readonly kind: "fnType";
  readonly span: Span;
  readonly params: readonly TypeExpr[];
  readonly result: TypeExpr;
}

/** A bare lower-case name without parentheses, bound by the `@spec` or `@type` it stands in. */
export interface TypeVariable {
  readonly kind: "typeVariable";
  readonly span: Span;
  readonly name: string;
}

export interface InvalidType {
  readonly kind: "invalidType";
  readonly span: Span;
}
