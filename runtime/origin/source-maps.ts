/** The source maps of files on the disk, as their last line names them. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { AnyMap, type OriginalMapping, originalPositionFor, type TraceMap } from "@jridgewell/trace-mapping";
import type { Place } from "./stack.ts";

interface FileMap {
  readonly map: TraceMap;
  /** What the sources in it are relative to. */
  readonly folder: string;
}

/** Where a place was written, one map further; null when nothing says. */
export async function mapped({ path, line, column }: Place): Promise<Place | null> {
  const found = await mapOf(path);
  if (found === null) return null;
  const original = nearest(found.map, line, column - 1);
  if (original === null || original.source === null) return null;
  const source = original.source.startsWith("file:") ? fileURLToPath(original.source) : original.source;
  return { path: resolve(found.folder, source), line: original.line, column: original.column + 1 };
}

/** Generated statements may go over more lines than their maps tell of. */
const MOST_LINES = 20;

/** What is mapped at the place, or last before it. */
function nearest(map: TraceMap, line: number, column: number): OriginalMapping | null {
  for (let row = line; row > Math.max(0, line - MOST_LINES); row--) {
    const found = originalPositionFor(map, { line: row, column: row === line ? column : Number.MAX_SAFE_INTEGER });
    if (found.source !== null) return found;
  }
  return null;
}

const known = new Map<string, Promise<FileMap | null>>();

/** Files are read once: a build that changes under a process is not the code that runs in it. */
function mapOf(path: string): Promise<FileMap | null> {
  const before = known.get(path);
  if (before !== undefined) return before;
  // What cannot be read or understood is no map.
  const found = read(path).catch(() => null);
  known.set(path, found);
  return found;
}

const comment = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;
const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/;

async function read(path: string): Promise<FileMap | null> {
  const text = await readFile(path, "utf8");
  const url = [...text.matchAll(comment)].at(-1)?.[1];
  if (url === undefined) return null;
  const [, base64, data] = inline.exec(url) ?? [];
  if (data !== undefined) {
    const json = base64 === undefined ? decodeURIComponent(data) : Buffer.from(data, "base64").toString();
    return { map: new AnyMap(json), folder: dirname(path) };
  }
  const file = resolve(dirname(path), decodeURIComponent(url));
  return { map: new AnyMap(await readFile(file, "utf8")), folder: dirname(file) };
}
