/** A generated module as JavaScript, with a map that leads to the `.durable` file. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { transform } from "esbuild";
import { ts } from "ts-morph";
import { type EmittedFile, withInlineMap } from "../emit/emitted-file.ts";

export interface JavaScript {
  readonly code: string;
  /** Version 3. */
  readonly map: SourceMap;
}

interface SourceMap {
  readonly version: number;
  readonly mappings: string;
  readonly names: string[];
  readonly sources: string[];
  readonly sourcesContent?: string[];
}

/** `path` is the source's, absolute: what debuggers and stack traces will name. */
export async function toJavaScript(file: EmittedFile, path: string): Promise<JavaScript> {
  const { code, map } = await transform(withInlineMap(file), {
    loader: "ts",
    target: "node20",
    sourcemap: "external",
    sourcefile: file.path,
  });
  return {
    code: withImportsOfSources(code, dirname(path)),
    map: { ...JSON.parse(map), sources: [path], sourcesContent: [file.source.text] },
  };
}

/** Generated code imports the JavaScript that a build would write; a bundler is given the `.durable` and `.ts` files. */
function withImportsOfSources(code: string, folder: string): string {
  const { importedFiles } = ts.preProcessFile(code, true, true);
  return importedFiles.reduceRight((text, { fileName, pos }) => {
    const source = sourceOf(fileName, folder);
    const end = pos + JSON.stringify(fileName).length;
    return source === null ? text : text.slice(0, pos) + JSON.stringify(source) + text.slice(end);
  }, code);
}

function sourceOf(specifier: string, folder: string): string | null {
  if (!specifier.startsWith(".")) return null;
  const candidates = [specifier, specifier.replace(/\.js$/, ""), specifier.replace(/\.([cm]?)js$/, ".$1ts")];
  return candidates.find((candidate) => existsSync(join(folder, candidate))) ?? null;
}
