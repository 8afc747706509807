/** Commands as a user runs them: a process from its start to its end. */
import { spawnSync } from "node:child_process";

export interface Ended {
  readonly ms: number;
  readonly stdout: string;
}

/** Throws when the command fails, for then its time means nothing; null when there is no such command. */
export function timed(command: string, args: readonly string[], cwd?: string): Ended | null {
  const start = performance.now();
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd, maxBuffer: 2 ** 28 });
  const ms = performance.now() - start;
  if (error !== undefined && "code" in error && error.code === "ENOENT") return null;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr || stdout}`);
  return { ms, stdout };
}

export function node(...args: string[]): number {
  return timed(process.execPath, args)!.ms;
}
