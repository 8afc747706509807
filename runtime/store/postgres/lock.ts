/**
 * The lock on a directory of the embedded database. PGlite itself takes none: two processes would open it silently and
 * each see rows of its own.
 *
 * The lock is a file beside the directory that names the process holding it. One left by a process that is gone is
 * taken over by renaming it away first, which only one of several can do.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StoreError } from "../errors.ts";
import { codeOf } from "./sqlstate.ts";

/** Takes the lock and returns what gives it back. Throws `directory_in_use` while another live process has it. */
export function lockDirectory(directory: string): () => void {
  const file = `${directory}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  while (!created(file)) {
    const holder = holderOf(file);
    if (holder !== null && alive(holder)) throw inUse(directory, holder);
    takeAway(file, holder);
  }
  const free = (): void => rmSync(file, { force: true });
  process.once("exit", free);
  return () => {
    process.off("exit", free);
    free();
  };
}

/** Written in full under another name first, so that nobody reads a lock without its number. */
function created(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid}\n`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function holderOf(file: string): number | null {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function alive(pid: number): boolean {
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function takeAway(file: string, holder: number | null): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  // Another process may have put its own lock there since we looked: that one goes back.
  if (holderOf(aside) !== holder) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function inUse(directory: string, holder: number): StoreError {
  const who = holder === process.pid ? "This process already has" : `Process ${holder} has`;
  return new StoreError(
    "directory_in_use",
    `${who} the database in ${directory} open.`,
    "An embedded database belongs to one process at a time: end the other, or use a Postgres server.",
  );
}
