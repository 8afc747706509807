/** The pipeline, as a few named calls. Pure: it reads no disk and starts nothing; project.ts brings the world in. */
import { buildFile } from "./ast/from-cst/index.ts";
import type { SourceFile } from "./ast/nodes.ts";
import { DiagnosticBag } from "./diagnostics/bag.ts";
import { rules } from "./diagnostics/catalog/index.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { withoutExcused } from "./diagnostics/excuses.ts";
import type { EmittedFile } from "./emit/emitted-file.ts";
import { checkFlow } from "./flow/check-flow.ts";
import { checkSaved } from "./flow/saved.ts";
import type { CompileInput } from "./input.ts";
import { type LoweredProgram, lowerProgram } from "./ir/lower/program.ts";
import { createPrelude } from "./resolve/prelude.ts";
import { resolve } from "./resolve/resolve.ts";
import { checkTypes } from "./types/check-types.ts";

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileResult extends CheckResult {
  /** Empty when there are errors. */
  readonly files: readonly EmittedFile[];
}

interface Analysis {
  readonly bag: DiagnosticBag;
  readonly files: readonly SourceFile[];
  readonly program: LoweredProgram | null;
}

/** Everything the compiler has to say about the sources. Never throws for what is in them. */
export function check(input: CompileInput): CheckResult {
  const { bag, files } = analyse(input);
  return { diagnostics: judged(bag, files) };
}

/** As `check`, and what the sources become; no files when there are errors. */
export async function compile(input: CompileInput): Promise<CompileResult> {
  const { bag, files, program } = analyse(input);
  const diagnostics = judged(bag, files);
  if (program === null || hasErrors(diagnostics)) return { diagnostics, files: [] };
  const { emitProgram } = await import("./emit/program.ts");
  return { diagnostics, files: await emitProgram(files, program, bag, input.outputPath) };
}

/** Later phases take only what earlier ones found sound. */
function analyse(input: CompileInput): Analysis {
  const bag = new DiagnosticBag(input.enabled);
  const files = input.sources.map((source) => buildFile(source, bag));
  const prelude = createPrelude(input.prelude, (source) => buildFile(source, new DiagnosticBag()));
  const resolved = resolve(files, input, prelude, bag);
  const typed = checkTypes(resolved, bag);
  checkFlow(typed, bag);
  const program = hasErrors(bag.sorted()) ? null : lowerProgram(typed, bag);
  if (program) checkSaved(program, bag);
  return { bag, files, program };
}

/** What was found, without what the source excuses. */
function judged(bag: DiagnosticBag, files: readonly SourceFile[]): readonly Diagnostic[] {
  const codes = rules.map(({ code }) => code);
  return withoutExcused(bag, files, codes);
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
