/**
 * What the formatter sees: the forms the author wrote, in Elixir's view that everything is an expression. `step`, `def`
 * and `@spec` are calls like any other; unlike in the AST, a pipe is an operator, `do:` is no block, and a heredoc is no
 * string. Parentheses that only group are gone: precedence says where they are needed. Lines are kept, for comments and
 * for what the author has broken.
 */

/** Lines of a form, from 1. */
export interface Place {
  /** The line it is counted at: that of its name, its operator or its opening bracket. */
  readonly line: number;
  /** The first and last line on which a word or an opening bracket of it stands. */
  readonly first: number;
  readonly last: number;
}

export type Form =
  | Word
  | Text
  | Sequence
  | Negation
  | Collection
  | Pair
  | Options
  | Call
  | Access
  | Unary
  | Binary
  | Fn
  | Arrows;

/** A name, a number, an atom, a module: one word, as it is to be written. */
export interface Word extends Place {
  readonly kind: "word";
  readonly text: string;
  readonly role: "name" | "module" | "atom" | "captureArgument" | "other";
}

/** Everything between quotes or the delimiters of a sigil. */
export interface Text extends Place {
  readonly kind: "text";
  readonly opening: string;
  readonly closing: string;
  /** As in the source, escapes and all; of a heredoc without its indentation. */
  readonly parts: readonly (string | Body)[];
  readonly heredoc: boolean;
}

export interface Statement {
  readonly form: Form;
  /** How many lines end between it and what comes next, a comment too. */
  readonly newlines: number;
}

/** Statements between two lines, for example those of `do` and `end`. */
export interface Body {
  readonly kind: "body";
  readonly statements: readonly Statement[];
  readonly from: number;
  readonly to: number;
}

/** Clauses between two lines. */
export interface ClauseBody {
  readonly kind: "clauses";
  readonly clauses: readonly Clause[];
  readonly from: number;
  readonly to: number;
}

/** `when condition` after the parameters of a clause. */
export interface Guard extends Place {
  readonly condition: Form;
  /** The author went to a new line before or after `when`. */
  readonly newline: boolean;
}

/** `params when guard -> body`. */
export interface Clause {
  readonly params: readonly Form[];
  readonly guard: Guard | null;
  readonly line: number;
  readonly body: Body;
  /** The author went to a new line after the arrow. */
  readonly newline: boolean;
}

/** `(a; b)`, and `()`. */
export interface Sequence extends Place {
  readonly kind: "sequence";
  readonly body: Body;
}

/** `(not a)` and `(!a)`, which mean something else before `in` than without parentheses. */
export interface Negation extends Place {
  readonly kind: "negation";
  readonly inner: Unary;
}

/** A list, tuple or map. */
export interface Collection extends Place {
  readonly kind: "list" | "tuple" | "map";
  readonly opening: string;
  readonly closing: string;
  /** `%{base | …}`. */
  readonly base: Form | null;
  readonly items: readonly Form[];
  readonly to: number;
  /** The author went to a new line after the opening bracket. */
  readonly newline: boolean;
}

/** `key: value`, or `key => value`. */
export interface Pair extends Place {
  readonly kind: "pair";
  readonly key: Form | Key;
  readonly value: Form;
}

/** `name:` or `"a name":`, as it is to be written; in parts where it interpolates. */
export interface Key extends Place {
  readonly kind: "key";
  readonly text: Text | string;
}

/** `key: value` pairs at the end of a tuple, a pattern or a guard. */
export interface Options extends Place {
  readonly kind: "options";
  readonly pairs: readonly Pair[];
}

export interface Section {
  readonly word: string;
  readonly line: number;
  readonly body: Body | ClauseBody;
}

/** What is called: `f(…)`, `target.f(…)`, `target.(…)`, `target.{…}`, `target(…)`, `@name …`. */
export type Callee =
  | { readonly kind: "local" | "attribute"; readonly name: string }
  | { readonly kind: "remote"; readonly target: Form; readonly name: string }
  | { readonly kind: "anonymous" | "members" | "result"; readonly target: Form };

export interface Call extends Place {
  readonly kind: "call";
  readonly callee: Callee;
  readonly args: readonly Form[];
  /** `key: value` arguments, which come last. */
  readonly options: readonly Pair[];
  readonly parentheses: boolean;
  /** The line of the closing parenthesis; 0 without one. */
  readonly to: number;
  /** The author went to a new line after the opening parenthesis. */
  readonly newline: boolean;
  readonly sections: readonly Section[];
  /** The line of `end`. */
  readonly end: number;
}

/** `target[index]`. */
export interface Access extends Place {
  readonly kind: "access";
  readonly target: Form;
  readonly index: Collection;
}

export interface Unary extends Place {
  readonly kind: "unary";
  readonly operator: string;
  readonly operand: Form;
}

export interface Binary extends Place {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Form;
  readonly right: Form;
  /** The author went to a new line before or after the operator. */
  readonly newline: boolean;
}

export interface Fn extends Place {
  readonly kind: "fn";
  readonly body: ClauseBody;
  /** The author went to a new line after `fn`. */
  readonly newline: boolean;
}

/** `(a -> b)`, the type of a function. */
export interface Arrows extends Place {
  readonly kind: "arrows";
  readonly body: ClauseBody;
}
