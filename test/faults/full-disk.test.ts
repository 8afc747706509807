/**
 * A disk that is full, as Postgres meets it: a small file system with the database's tables on it. Where none can be mounted
 * (that takes root), the tests are skipped; `test/runtime/shortages.test.ts` has the same by a trigger that raises the error.
 */
import { randomBytes } from "node:crypto";
import type { Durable, Machine } from "@durablec/runtime";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { durableOn } from "../../runtime/client/durable.ts";
import { registryOf } from "../../runtime/registry.ts";
import type { Database } from "../../runtime/store/postgres/database.ts";
import { pgDatabase } from "../../runtime/store/postgres/pg.ts";
import { codeOf } from "../../runtime/store/postgres/sqlstate.ts";
import { postgresStore } from "../../runtime/store/postgres/store.ts";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { machinesOf } from "../support/compile.ts";
import { smallDisk } from "../support/small-disk.ts";

const RUNS = 12;
const DISK_MEGABYTES = 64;
const DISK_FULL = "53100";

const source = `
defmodule Archive do
  use Durable
  use Durable.Orchestration

  workflow "copy" do
    step :copy, fn data -> {:ok, %{copy: data["text"]}} end
  end
end

defmodule Desk do
  use Durable
  use Durable.Orchestration

  workflow "file" do
    step :first, fn data -> {:ok, %{first: data["text"]}} end
    step :archive, fn data ->
      {:ok, copied} = call_workflow(Archive, %{text: data["text"]}, ref: :copy)
      {:ok, %{same: copied["copy"] == data["first"]}}
    end
  end
end
`;

const disk = smallDisk(DISK_MEGABYTES);

describe.skipIf(disk === null)("a disk that is full", () => {
  let cluster: Cluster;
  let client: pg.Client;
  let durable: Durable;
  let Desk: Machine;
  /** SQLSTATEs that the store was answered with. */
  const met: string[] = [];

  beforeAll(async () => {
    cluster = await startCluster();
    const administrator = new pg.Client({ connectionString: cluster.url("postgres") });
    await administrator.connect();
    await administrator.query(`CREATE TABLESPACE small LOCATION '${disk!.path}'`);
    await administrator.query("CREATE DATABASE filing TABLESPACE small");
    await administrator.end();
    const url = cluster.url("filing");
    client = new pg.Client({ connectionString: url });
    await client.connect();
    const database = pgDatabase({ url, poolSize: 4, preparedStatements: true, listen: true });
    const store = postgresStore(overheard(database, met), "durable");
    await store.migrate();
    const machines = await machinesOf(source);
    Desk = machines.Desk!;
    durable = durableOn(store, registryOf([Desk]));
  });

  afterAll(async () => {
    await durable?.close();
    await client?.end();
    await cluster?.remove();
    disk?.remove();
  });

  test("holds everything up until there is room again; nothing is lost or done twice", async () => {
    await durable.work({ pollMs: 50, leaseMs: 600_000, onError: () => {} });
    await durable.queues.pause("default");
    const texts = Array.from({ length: RUNS }, () => randomBytes(96 * 1024).toString("base64"));
    const runs = await Promise.all(texts.map((text) => durable.start(Desk, { text })));
    disk!.fill();
    await expect(client.query("CREATE TABLE more AS SELECT repeat('x', 8000)")).rejects.toMatchObject({
      code: DISK_FULL,
    });
    await durable.queues.resume("default");
    await vi.waitUntil(() => met.filter((code) => code === DISK_FULL).length >= 3, { timeout: 60_000 });
    expect(await durable.list({ status: ["completed"], rootsOnly: true })).toEqual([]);

    disk!.makeRoom();
    for (const [n, run] of runs.entries()) {
      expect(await run.result({ timeoutMs: 60_000 })).toEqual({ text: texts[n], first: texts[n], same: true });
      const completed = (await durable.history(run.id)).map(({ state, status }) => `${state} ${status}`);
      expect(completed).toEqual(["first completed", "archive completed"]);
      expect(await durable.listChildren(run.id)).toMatchObject([{ ref: "copy", status: "completed" }]);
    }
    expect(await durable.findings()).toEqual([]);
  });
});

/** Notes the code of every error before the store gets over it. */
function overheard(database: Database, codes: string[]): Database {
  return {
    ...database,
    query: async (statement, parameters) => {
      try {
        return await database.query(statement, parameters);
      } catch (error) {
        codes.push(codeOf(error));
        throw error;
      }
    },
  };
}
