/** A throw-away pgbouncer in transaction mode, where it is installed: each transaction may get another server connection. */
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { accepting, freePort, spawnTied, unprivileged } from "./server.ts";

export interface Pooler {
  /** Of the same database, through the pooler. */
  readonly url: string;
  end(): Promise<void>;
}

/** The program; null where it is not installed. */
export const PGBOUNCER =
  [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"]
    .map((folder) => join(folder, "pgbouncer"))
    .find((file) => existsSync(file)) ?? null;

/** Puts a pooler in front of a database. Throws where pgbouncer is not installed. */
export async function startPooler(database: string): Promise<Pooler> {
  if (PGBOUNCER === null) throw new Error("pgbouncer is not installed");
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "durable-pooler-"));
  const file = join(folder, "pgbouncer.ini");
  const port = await freePort();
  writeFileSync(file, settings(new URL(database), port));
  if (user !== null) for (const path of [folder, file]) chownSync(path, user.uid, user.gid);
  const pooler = spawnTied(PGBOUNCER, [file], "TERM", user);
  const url = Object.assign(new URL(database), { port: String(port) }).href;
  await accepting(url, pooler);
  return {
    url,
    end: async () => {
      const gone = new Promise((resolve) => pooler.once("exit", resolve));
      for (const stream of pooler.stdio) stream?.destroy();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Fewer server connections than clients have, so that they do change hands. */
function settings({ hostname, port, username }: URL, listenPort: number): string {
  return `[databases]
* = host=${hostname} port=${port} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
`;
}
