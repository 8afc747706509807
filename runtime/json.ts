/** What can be persisted. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value whose type the compiler could not know; compiled code handles it through checked operations. */
// biome-ignore lint/suspicious/noExplicitAny: this alias is the one place where "not known statically" is spelled.
export type Dynamic = any;

/** The data a workflow carries from step to step. */
export type Data = { [key: string]: Dynamic };
