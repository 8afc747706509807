/**
 * Vitest's global set-up: the one Postgres cluster of a test run, started by the first test that asks for it and ended with
 * the run. Tests run in processes of their own and ask through a socket; see database.ts.
 */
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type Cluster, startCluster } from "./cluster.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of a socket that answers every connection with the URL of the cluster, `NAME` standing for a database. */
    clusterSocket: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const socket = join(tmpdir(), `durable-tests-${process.pid}.sock`);
  rmSync(socket, { force: true });
  let cluster: Promise<Cluster> | undefined;
  const server = createServer((connection) => {
    cluster ??= startCluster();
    cluster.then(
      ({ url }) => connection.end(url("NAME")),
      (error: unknown) => connection.end(`error: ${error instanceof Error ? error.message : String(error)}`),
    );
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  project.provide("clusterSocket", socket);
  return async () => {
    server.close();
    await (await cluster)?.remove();
  };
}
