import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SourceText } from "../source/source.ts";
import { EXTENSION, readSource } from "./sources.ts";

let known: readonly SourceText[] | null = null;

/** The signature files of the built-in modules, which ship beside the compiler; always the same array. */
export function readPrelude(): readonly SourceText[] {
  known ??= readSignatures();
  return known;
}

function readSignatures(): SourceText[] {
  const folder = fileURLToPath(new URL("../prelude/", import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(EXTENSION));
  return names.sort().map((name) => readSource(`${folder}${name}`, folder));
}
