/** The words with a meaning of their own. */

/** What a workflow is made of. */
const blocks = {
  Workflow: "workflow",
  Step: "step",
  Decision: "decision",
  Branch: "branch",
  Parallel: "parallel",
  Compensate: "compensate",
} as const;

/** The words that declare; everywhere else they are ordinary names. */
export const contextualWords = {
  Defmodule: "defmodule",
  Use: "use",
  Alias: "alias",
  Require: "require",
  Import: "import",
  Defp: "defp",
  Def: "def",
  ...blocks,
} as const;

export const declaringWords: ReadonlySet<string> = new Set(Object.values(contextualWords));

/** Those that make up a workflow; in a body they are out of place. */
export const blockWords: ReadonlySet<string> = new Set(Object.values(blocks));

export const reservedWords = {
  Do: "do",
  End: "end",
  Fn: "fn",
} as const;

export const sectionWords = {
  Else: "else",
  Rescue: "rescue",
  After: "after",
  Catch: "catch",
} as const;

export const wordLiterals = {
  True: "true",
  False: "false",
  Nil: "nil",
} as const;

export const wordOperators = { When: "when", And: "and", Or: "or", In: "in" } as const;

/** The functions that decide what runs, which editors colour as words; to the parser they are names. */
export const controlForms: readonly string[] = ["case", "cond", "for", "if", "raise", "try", "unless", "with"];

/** The names of tokens for words that are never names, except after a dot. */
export const reserved: readonly string[] = [
  ...[reservedWords, sectionWords, wordLiterals, wordOperators].flatMap((table) => Object.keys(table)),
  "Not",
];
