/** Tells when something that a build reads may have changed: sources, the configuration, TypeScript. */
import { basename, resolve, sep } from "node:path";
import { watch } from "chokidar";
import { CONFIG_FILE } from "./config.ts";
import { EXTENSION } from "./sources.ts";

export interface WatchRequest {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly cwd: string;
  /** Absolute: files that the build itself writes. */
  readonly isOwn: (file: string) => boolean;
}

export interface Watching {
  /** Resolves with the next change, or the last one if nobody has waited for it; changes in quick succession are one. */
  readonly change: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Editors write a file in several goes, and tools many files. Longer than the 50 ms in which chokidar tells of one change of a
 * file only: what it keeps to itself has happened before we look.
 */
const QUIET_MS = 75;

export async function watchProject({ paths, cwd, isOwn }: WatchRequest): Promise<Watching> {
  let pending = false;
  let wake: (() => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  const settle = (): void => {
    pending = wake === null;
    wake?.();
    wake = null;
  };
  const watcher = watch([...new Set([cwd, ...paths.map((path) => resolve(cwd, path))])], {
    ignoreInitial: true,
    ignored: isIgnored,
  });
  watcher.on("all", (_event, file) => {
    if (!isRead(file) || isOwn(resolve(cwd, file))) return;
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET_MS);
  });
  await new Promise<void>((ready) => watcher.once("ready", ready));
  return {
    change: () => {
      if (pending) {
        pending = false;
        return Promise.resolve();
      }
      return new Promise((changed) => {
        wake = changed;
      });
    },
    async stop() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function isIgnored(path: string): boolean {
  const name = basename(path);
  return name === "node_modules" || (name.startsWith(".") && name.length > 1 && !path.endsWith(`${sep}.`));
}

const code = /\.([cm]?[jt]sx?|json)$/;

/** Folders come and go with what is in them; a folder itself has no extension. */
function isRead(file: string): boolean {
  return file.endsWith(EXTENSION) || basename(file) === CONFIG_FILE || code.test(file);
}
