/** Orders in a database of their own, and worker processes to run them: what the tests of single faults begin with. */
import { createDurable, type Durable, type Handle, type Machine } from "@durablec/runtime";
import pg from "pg";
import { testDatabase } from "../support/database.ts";
import { sendEvents } from "./events.ts";
import { openWorkshop, type WorkerOptions, type WorkerProcess, type Workshop } from "./processes.ts";
import { compileWorkflows, loadWorkflows } from "./workflows.ts";

export interface Ordering {
  readonly Order: Machine;
  readonly durable: Durable;
  readonly client: pg.Client;
  readonly records: Workshop["records"];
  /** Starts an order and sends what it is going to wait for. */
  ordered(total: number, id?: string): Promise<Handle<unknown>>;
  /** A worker on the database, in a process of its own. */
  spawn(options?: WorkerOptions): WorkerProcess;
  close(): Promise<void>;
}

export async function openOrdering(): Promise<Ordering> {
  const paths = await compileWorkflows();
  const [{ Order }, database, workshop] = await Promise.all([
    loadWorkflows(paths),
    testDatabase(),
    openWorkshop(paths),
  ]);
  const durable = await createDurable({ database: database.url, workflows: [Order] });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    Order,
    durable,
    client,
    records: workshop.records,
    ordered: async (total, id) => {
      const run = await durable.start(Order, { total }, id === undefined ? {} : { id });
      await sendEvents(durable, run.id, total);
      return run;
    },
    spawn: (options) => workshop.spawn(database.url, options),
    close: async () => {
      await durable.close();
      await client.end();
      await workshop.close();
      await database.drop();
    },
  };
}
