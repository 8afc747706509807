/**
 * What is known of the app's TypeScript from earlier runs. Loading a TypeScript compiler and reading types takes a second
 * or two; while none of the files that were read has changed, what was found still holds.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import type { ForeignReading } from "../resolve/foreign.ts";
import type { ForeignModule } from "../resolve/resolved.ts";

export interface ForeignCache {
  /** Null when it is not known, or not any more. */
  readonly get: (key: string, name: string) => ForeignReading | null;
  readonly put: (key: string, reading: ForeignReading) => void;
}

interface Entry {
  readonly specifier: string;
  readonly exports: ForeignModule["exports"];
  /** Path, time of the last change, size. */
  readonly files: readonly (readonly [string, number, number])[];
}

const nothing: ForeignCache = { get: () => null, put: () => {} };

/** Lies in `node_modules/.cache` above the folder; without a `node_modules` nothing is kept. */
export function openForeignCache(folder: string): ForeignCache {
  const modules = findModules(folder);
  if (modules === null) return nothing;
  const path = join(modules, ".cache", "durablec", `typescript-${manifest.version}.json`);
  const entries = readEntries(path);
  return {
    get: (key, name) => {
      const entry = entries.get(key);
      if (entry === undefined || !entry.files.every(isUnchanged)) return null;
      const module = { name, specifier: entry.specifier, exports: entry.exports };
      return { module, files: entry.files.map(([file]) => file) };
    },
    put: (key, { module: { specifier, exports }, files }) => {
      const stamps = files.map(stamp);
      if (stamps.includes(null)) return;
      entries.set(key, { specifier, exports, files: stamps as Entry["files"] });
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

function stamp(path: string): readonly [string, number, number] | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : [path, found.mtimeMs, found.size];
}

function isUnchanged([path, changed, size]: Entry["files"][number]): boolean {
  const now = stamp(path);
  return now !== null && now[1] === changed && now[2] === size;
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
