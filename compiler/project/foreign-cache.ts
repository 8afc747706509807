/**
 * What is known of the app's TypeScript from earlier runs. Loading a TypeScript compiler and reading types takes a second
 * or two; while none of the files that were read has changed, and none has appeared where one was looked for, what was
 * found still holds.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import type { ForeignReading } from "../resolve/foreign.ts";
import type { ForeignModule } from "../resolve/resolved.ts";

export interface ForeignCache {
  /** Null when it is not known, or not any more. */
  readonly get: (key: string, name: string) => ForeignReading | null;
  /** `since` is when the reading began, in milliseconds: what has changed later may have been read or not. */
  readonly put: (key: string, reading: ForeignReading, since: number) => void;
}

interface Entry {
  readonly specifier: string;
  readonly exports: ForeignModule["exports"];
  readonly files: readonly Stamp[];
}

/** Path, time of the last change, size; both are -1 where there is no such file. */
type Stamp = readonly [string, number, number];

const nothing: ForeignCache = { get: () => null, put: () => {} };

/** Lies in `node_modules/.cache` above the folder; without a `node_modules` nothing is kept. */
export function openForeignCache(folder: string): ForeignCache {
  const modules = findModules(folder);
  if (modules === null) return nothing;
  const path = join(modules, ".cache", "durablec", `types-${manifest.version}.json`);
  const entries = readEntries(path);
  const stampOf = stampOnce();
  const isUnchanged = ([file, changed, size]: Stamp): boolean => {
    const now = stampOf(file);
    return now[1] === changed && now[2] === size;
  };
  return {
    get: (key, name) => {
      const entry = entries.get(key);
      if (entry === undefined || !entry.files.every(isUnchanged)) return null;
      const module = { name, specifier: entry.specifier, exports: entry.exports };
      return { module, files: entry.files.map(([file]) => file) };
    },
    put: (key, { module: { specifier, exports }, files }, since) => {
      const stamps = files.map(stamp);
      if (stamps.some(([, changed]) => changed >= since)) return;
      entries.set(key, { specifier, exports, files: stamps });
      writeEntries(path, entries);
    },
  };
}

function findModules(folder: string): string | null {
  const path = join(folder, "node_modules");
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? null : findModules(parent);
}

function stamp(path: string): Stamp {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? [path, -1, -1] : [path, found.mtimeMs, found.size];
}

/** Many modules rest on the same files: within one turn of the event loop each is looked at once. */
function stampOnce(): (path: string) => Stamp {
  const known = new Map<string, Stamp>();
  return (path) => {
    if (known.size === 0) setImmediate(() => known.clear());
    const now = known.get(path) ?? stamp(path);
    known.set(path, now);
    return now;
  };
}

/** A cache that cannot be read is an empty one. */
function readEntries(path: string): Map<string, Entry> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, "utf8"), reviveMaps) as { [key: string]: Entry }));
  } catch {
    return new Map();
  }
}

/** A cache that cannot be written is none, which is no reason to fail. */
function writeEntries(path: string, entries: ReadonlyMap<string, Entry>): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(Object.fromEntries(entries), keepMaps));
  } catch {}
}

function keepMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? { map: [...value] } : value;
}

function reviveMaps(_key: string, value: unknown): unknown {
  const isMap = typeof value === "object" && value !== null && "map" in value && Array.isArray(value.map);
  return isMap ? new Map(value.map as [unknown, unknown][]) : value;
}
