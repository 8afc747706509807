import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "../../compiler/ast/nodes.ts";
import { check, compile } from "../../compiler/compile.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import type { ForeignRequest } from "../../compiler/input.ts";
import type { ForeignModule, TypedProgram } from "../../compiler/resolve/resolved.ts";
import { createSession } from "../../compiler/session.ts";
import type { SourceText } from "../../compiler/source/source.ts";
import { boolean, dynamic, nil, recordOf, required, string } from "../../compiler/types/construct.ts";
import { union } from "../../compiler/types/join.ts";

const preludeFolder = join(import.meta.dirname, "../../compiler/prelude");

export const signatures: readonly SourceText[] = readdirSync(preludeFolder)
  .filter((name) => name.endsWith(".durable"))
  .map((name) => ({ path: name, text: readFileSync(join(preludeFolder, name), "utf8") }));

export interface Checked {
  readonly files: readonly SourceFile[];
  readonly program: TypedProgram;
  readonly diagnostics: readonly Diagnostic[];
}

/** The whole check, lowering included, with `./mailer` as the only TypeScript there is. */
export function checkSources(
  sources: readonly SourceText[],
  modules: ReadonlyMap<string, string> = new Map(),
): Checked {
  const outputPath = ({ path }: SourceText) => path.replace(/\.durable$/, ".ts");
  const session = createSession({ prelude: signatures, foreign: readMailer, modules, outputPath });
  for (const { path, text } of sources) session.update(path, text);
  const { files, program, diagnostics } = session.snapshot();
  return { files: [...files.values()], program, diagnostics: [...diagnostics.values()].flat() };
}

export function checkText(text: string, path = "case.durable"): Checked {
  return checkSources([{ path, text }]);
}

/** The whole check, lowering included. */
export function compileCheck(text: string, enabled: readonly string[] = []): readonly Diagnostic[] {
  const sources = [{ path: "case.durable", text }];
  const outputPath = ({ path }: SourceText) => path.replace(/\.durable$/, ".ts");
  return check({ sources, prelude: signatures, foreign: readMailer, modules: new Map(), enabled, outputPath })
    .diagnostics;
}

/** The emitted TypeScript of a source; null where it has errors. */
export async function emitted(text: string, path: string): Promise<string | null> {
  const outputPath = () => path.replace(/\.durable$/, ".ts");
  const input = { sources: [{ path, text }], prelude: signatures, foreign: readMailer, modules: new Map(), outputPath };
  const { files } = await compile(input);
  return files[0]?.code ?? null;
}

function readMailer({ name, specifier }: ForeignRequest): ForeignModule | null {
  return specifier === "./mailer" ? { name, specifier: "/app/mailer", exports: mailerExports } : null;
}

const mailerExports: ForeignModule["exports"] = new Map(
  [
    { name: "deliver", params: [string, string], result: boolean, minArity: 1 },
    { name: "headers", params: [], result: dynamic, unstorable: "Map<string, string>", minArity: 0 },
    { name: "find", params: [string], result: union(recordOf([["email", required(string)]]), nil), minArity: 1 },
    { name: "sendPaymentFailure", params: [dynamic], result: dynamic, minArity: 1 },
  ].map((entry) => [entry.name, { ...entry, rest: null, isExact: true, path: "/app/mailer.ts", line: 1 }]),
);
