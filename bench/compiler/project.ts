/** Generated projects on disk and in sessions. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSession, type Session } from "durablec";
import { type GeneratedFile, generateProject } from "./generate.ts";

export const root = join(import.meta.dirname, "../..");
export const durablec = join(root, "compiler/bin/durablec.js");

/** 100 lines a workflow. */
export function projectOf(workflows: number): GeneratedFile[] {
  return generateProject({ workflows, lines: 100, seed: 1 });
}

/** `.durable` files in a folder that is gone when the work is done. */
export async function onDisk<T>(files: readonly GeneratedFile[], work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "durablec-bench-"));
  try {
    for (const { path, text } of files) write(join(folder, path), text);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const signatures = join(root, "compiler/prelude");

export function sessionOf(files: readonly GeneratedFile[]): Session {
  const prelude = readdirSync(signatures)
    .filter((name) => name.endsWith(".durable"))
    .map((path) => ({ path, text: readFileSync(join(signatures, path), "utf8") }));
  const outputPath = ({ path }: { readonly path: string }) => path.replace(/\.durable$/, ".ts");
  const session = createSession({ prelude, foreign: () => null, modules: new Map(), outputPath });
  for (const { path, text } of files) session.update(path, text);
  return session;
}
