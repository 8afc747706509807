/** The pipeline as two calls. Pure: they read no disk and start nothing; project.ts brings the world in. */
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { EmittedFile } from "./emit/emitted-file.ts";
import type { CompileInput } from "./input.ts";
import type { TypedProgram } from "./resolve/resolved.ts";
import { createSession, type Session } from "./session.ts";

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileResult extends CheckResult {
  /** Empty when there are errors. */
  readonly files: readonly EmittedFile[];
}

/** What was found, and the program as far as it is understood, be it with errors. */
export interface UnderstoodResult extends CheckResult {
  readonly program: TypedProgram;
}

/** Everything the compiler has to say about the sources. Never throws for what is in them. */
export function check(input: CompileInput): CheckResult {
  return { diagnostics: diagnosticsOf(sessionWith(input)) };
}

/** As `check`, with the program, for whoever wants to show it. */
export function understand(input: CompileInput): UnderstoodResult {
  const session = sessionWith(input);
  return { diagnostics: diagnosticsOf(session), program: session.snapshot().program };
}

/** As `check`, and what the sources become; no files when there are errors. */
export async function compile(input: CompileInput): Promise<CompileResult> {
  const session = sessionWith(input);
  return { diagnostics: diagnosticsOf(session), files: await session.emit() };
}

function sessionWith({ sources, ...options }: CompileInput): Session {
  const session = createSession(options);
  for (const { path, text } of sources) session.update(path, text);
  return session;
}

function diagnosticsOf(session: Session): Diagnostic[] {
  return [...session.check().values()].flat();
}
