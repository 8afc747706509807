/**
 * Types, gradual and structural. `dynamic` is "not known": it fits everywhere and everything fits it. Atoms and strings
 * are one thing at run time; a literal remembers how it was written so that clauses can be told apart.
 */
export type Type =
  | { readonly kind: "dynamic" }
  | { readonly kind: "none" }
  | { readonly kind: "nil" }
  | { readonly kind: "boolean" }
  | { readonly kind: "integer" }
  | { readonly kind: "float" }
  | { readonly kind: "string" }
  | { readonly kind: "atom" }
  | { readonly kind: "datetime" }
  | { readonly kind: "date" }
  | LiteralOf
  | ListOf
  | TupleOf
  | RecordOf
  | UnionOf
  | FnOf
  | { readonly kind: "variable"; readonly name: string };

/** A boolean, number or text known exactly; `atom` when it was written `:name`. */
export interface LiteralOf {
  readonly kind: "literal";
  readonly value: boolean | number | string;
  readonly form: "boolean" | "integer" | "float" | "string" | "atom";
}

export interface ListOf {
  readonly kind: "list";
  readonly element: Type;
}

export interface TupleOf {
  readonly kind: "tuple";
  readonly items: readonly Type[];
}

/** `rest` is the type of keys that are not named: null for a closed record, so that `map(v)` is a record without fields. */
export interface RecordOf {
  readonly kind: "record";
  readonly fields: ReadonlyMap<string, FieldOf>;
  readonly rest: Type | null;
}

export interface FieldOf {
  readonly type: Type;
  readonly optional: boolean;
}

/** Two members or more, flat, none contained in another; built by `union` in join.ts only. */
export interface UnionOf {
  readonly kind: "union";
  readonly members: readonly Type[];
}

export interface FnOf {
  readonly kind: "fn";
  readonly params: readonly Type[];
  readonly result: Type;
}
