/** Who is measured, and on what. */
import { absurdSql } from "../peers/absurd-sql.ts";

export interface Contestant {
  readonly name: string;
  /** Its module, relative to the benchmark's folder. */
  readonly module: string;
  /** Records the result of each step before the next begins; the others run a job as a whole. */
  readonly checkpoints: boolean;
  /** More steps than these it refuses to one execution. */
  readonly mostSteps?: number;
}

export const DURABLE: Contestant = { name: "durablec", module: "engines/durable.ts", checkpoints: true };

export const PEERS: readonly Contestant[] = [
  { name: "DBOS Transact", module: "peers/dbos.ts", checkpoints: true },
  { name: "OpenWorkflow", module: "peers/openworkflow.ts", checkpoints: true, mostSteps: 1000 },
  ...(absurdSql() === null ? [] : [{ name: "Absurd", module: "peers/absurd.ts", checkpoints: true }]),
];

/** Where a job is the whole story. */
export const QUEUES: readonly Contestant[] = [
  { name: "graphile-worker", module: "peers/graphile-worker.ts", checkpoints: false },
  { name: "pg-boss", module: "peers/pg-boss.ts", checkpoints: false },
];
