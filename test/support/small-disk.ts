/** A real file system that can be filled, in memory. */
import { execFileSync } from "node:child_process";
import { chownSync, closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unprivileged } from "./server.ts";

export interface SmallDisk {
  /** A folder for a server's files: `unprivileged()` owns it. */
  readonly path: string;
  /** Leaves no byte of it. */
  fill(): void;
  makeRoom(): void;
  remove(): void;
}

/** Null where this user, or this machine, may not mount one. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), "durable-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "durable-test", path], { stdio: "ignore" });
  } catch {
    rmdirSync(path);
    return null;
  }
  const user = unprivileged();
  if (user !== null) chownSync(path, user.uid, user.gid);
  const ballast = join(path, "ballast");
  return {
    path,
    fill: () => fill(ballast),
    makeRoom: () => rmSync(ballast),
    remove: () => {
      execFileSync("umount", [path]);
      rmdirSync(path);
    },
  };
}

const PIECE = Buffer.alloc(64 * 1024);

function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (;;) writeSync(file, PIECE);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    closeSync(file);
  }
}
