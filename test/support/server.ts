/** Servers that tests start: as an unprivileged user, on a port of their own, and never outliving this process. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Null unless we are root; then `postgres`, or `nobody` where that user does not exist. */
export function unprivileged(): User | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
  if (found === undefined) throw new Error("Postgres does not run as root, and there is no user postgres or nobody");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/**
 * The shell in between ends the server when its input closes, which the system does for us even if this process is killed;
 * it ends itself when the server does.
 */
export function spawnTied(
  program: string,
  args: readonly string[],
  signal: "INT" | "TERM",
  user: User | null,
): ChildProcess {
  const script = `"$0" "$@" </dev/null & pid=$!; { cat >/dev/null; kill -${signal} $pid 2>/dev/null; } <&3 & wait $pid`;
  return spawn("/bin/sh", ["-c", script, program, ...args], {
    ...user,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
}

/** Waits until a client can connect. */
export async function accepting(url: string, server: ChildProcess): Promise<void> {
  let said = "";
  server.stderr?.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4_000);
  });
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) break;
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`The server did not start:\n${said}`);
}
