/** The public API of the compiler. */
export {
  type BuildRequest,
  checkProject,
  compileProject,
  type ProjectBuild,
  type ProjectCheck,
  removeFiles,
  writeFiles,
} from "./build.ts";
export {
  type CheckResult,
  type CompileResult,
  check,
  compile,
} from "./compile.ts";
export { rules } from "./diagnostics/catalog/index.ts";
export type { Diagnostic, Related, Severity } from "./diagnostics/diagnostic.ts";
export { type HumanOptions, renderDiagnostic, renderDiagnostics } from "./diagnostics/render/human.ts";
export { type DiagnosticsReport, reportOf } from "./diagnostics/render/json.ts";
export { rulesPage } from "./diagnostics/render/markdown.ts";
export type { EmittedFile } from "./emit/emitted-file.ts";
export { type FormatOptions, type Formatted, format } from "./format/format.ts";
export type { CompileInput, ForeignRequest } from "./input.ts";
export { UserError } from "./project/user-error.ts";
export { createSession, type Session, type SessionOptions, type Snapshot } from "./session.ts";
export { type Position, positionAt } from "./source/position.ts";
export type { Location, SourceText, Span } from "./source/source.ts";
