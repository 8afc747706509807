/** The physical yardstick: what the same Postgres does when nothing but it is asked to do anything. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Postgres } from "./bench.ts";
import { once } from "./postgres.ts";

const ROWS = 10_000;

/** 256 bytes of JSON in a row, and history and index of nothing else. */
const TABLE = `
DROP TABLE IF EXISTS yardstick;
CREATE TABLE yardstick (id integer PRIMARY KEY, data jsonb NOT NULL) WITH (fillfactor = 70);
INSERT INTO yardstick SELECT n, jsonb_build_object('n', 0, 'text', repeat('x', 238)) FROM generate_series(1, ${ROWS}) n;
VACUUM ANALYZE yardstick`;

const SCRIPT = `\\set id random(1, ${ROWS})
\\set n random(1, 1000000)
UPDATE yardstick SET data = jsonb_build_object('n', :n::integer, 'text', repeat('x', 238)) WHERE id = :id;
`;

export interface Yardstick {
  /** Transactions per second on so many connections. */
  measure(connections: number, seconds: number): Promise<number>;
}

/** Null where there is no `pgbench`. */
export async function yardstick(postgres: Postgres): Promise<Yardstick | null> {
  const { programs } = postgres;
  if (programs === null) return null;
  const url = await postgres.database("yardstick");
  for (const statement of TABLE.split(";")) await once(url, statement);
  return {
    measure: async (connections, seconds) => {
      const folder = mkdtempSync(join(tmpdir(), "yardstick-"));
      const script = join(folder, "update.sql");
      writeFileSync(script, SCRIPT);
      const threads = String(Math.min(2, connections));
      const args = [
        "-n",
        "-M",
        "prepared",
        "-c",
        String(connections),
        "-j",
        threads,
        "-T",
        String(seconds),
        "-f",
        script,
        url,
      ];
      try {
        const { stdout } = await promisify(execFile)(join(programs, "pgbench"), args);
        return Number(/tps = ([\d.]+)/.exec(stdout)![1]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}
