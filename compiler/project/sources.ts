/** Finds and reads `.durable` files: those named, and those below the folders named. */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { suggest } from "../diagnostics/suggest.ts";
import type { SourceText } from "../source/source.ts";
import { UserError } from "./user-error.ts";

export const EXTENSION = ".durable";

export interface FoundSources {
  /** Sorted by path, each file once. */
  readonly sources: readonly SourceText[];
  /** Absolute: the deepest folder that holds every path that was named. */
  readonly root: string;
}

/** Paths may be relative to `cwd`. Throws a `UserError` for a path that is not there, and when there is nothing. */
export function findSources(paths: readonly string[], cwd: string): FoundSources {
  const files = new Set<string>();
  const roots: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const isFolder = kindOf(absolute, path) === "folder";
    roots.push(isFolder ? absolute : dirname(absolute));
    for (const file of isFolder ? filesBelow(absolute, EXTENSION) : [absolute]) files.add(file);
  }
  if (files.size === 0) throw nothingFound(paths);
  return { sources: [...files].sort().map((file) => readSource(file, cwd)), root: roots.reduce(commonFolder) };
}

/** `path` of the source is relative to `cwd`, with forward slashes everywhere, so that output is the same everywhere. */
export function readSource(file: string, cwd: string): SourceText {
  return { path: relative(cwd, file).replaceAll(sep, "/"), text: readText(file) };
}

function readText(file: string): string {
  return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}

function kindOf(absolute: string, written: string): "file" | "folder" {
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) throw notThere(absolute, written);
  if (found.isDirectory()) return "folder";
  if (absolute.endsWith(EXTENSION)) return "file";
  throw new UserError(
    "usage",
    `${written} is not a ${EXTENSION} file.`,
    `Name ${EXTENSION} files, or folders that hold them.`,
  );
}

function notThere(absolute: string, written: string): UserError {
  const near = suggest(basename(absolute), neighbours(absolute));
  const help =
    near === null
      ? "Check the path; it starts from the current folder."
      : `Did you mean ${join(dirname(written), near)}?`;
  return new UserError("usage", `There is no file or folder ${written}.`, help);
}

function neighbours(absolute: string): string[] {
  const folder = dirname(absolute);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith(EXTENSION))
    .map(({ name }) => name);
}

function nothingFound(paths: readonly string[]): UserError {
  return new UserError(
    "usage",
    `There is no ${EXTENSION} file below ${paths.join(", ")}.`,
    `Name ${EXTENSION} files, or folders that hold them.`,
  );
}

/** Absolute paths, at any depth; packages and hidden folders are left out. */
export function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isSkipped(entry) ? [] : filesBelow(path, extension);
    return entry.name.endsWith(extension) ? [path] : [];
  });
}

function isSkipped({ name }: Dirent): boolean {
  return name === "node_modules" || name.startsWith(".");
}

function commonFolder(a: string, b: string): string {
  const [left, right] = [a.split(sep), b.split(sep)];
  const differ = left.findIndex((part, index) => part !== right[index]);
  return differ === -1 ? a : left.slice(0, differ).join(sep) || sep;
}
