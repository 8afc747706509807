/** `Regex`. */
export { compile, compileOrRaise, escapeText as escape, isRegex as regex, opts, source } from "./compile.ts";
export { names } from "./matches.ts";
export { replace } from "./replace.ts";
export { match, namedCaptures, run, scan } from "./run.ts";
export { split } from "./split.ts";
