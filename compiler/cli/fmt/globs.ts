/** Globs that the shell has left to us, because they were quoted or it knows no `**`. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { EXTENSION } from "../../project/sources.ts";
import { UserError } from "../../project/user-error.ts";

/** The paths, with every glob replaced by the `.durable` files it matches. */
export async function matching(paths: readonly string[], cwd: string): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) => (existsSync(resolve(cwd, path)) || !isDynamicPattern(path) ? [path] : filesOf(path, cwd))),
  );
  return found.flat();
}

async function filesOf(pattern: string, cwd: string): Promise<readonly string[]> {
  const all = await glob(pattern, { cwd, ignore: ["**/node_modules/**"], expandDirectories: false });
  const files = all.filter((path) => path.endsWith(EXTENSION));
  if (files.length > 0) return files;
  throw new UserError(
    "usage",
    `No ${EXTENSION} file matches ${pattern}.`,
    "Globs start from the current folder: src/**/*.durable.",
  );
}
