/**
 * Runs the benchmark: `npm run bench` all of it, `npm run bench -- sequential` one part, `-- --quick` in a few minutes.
 * Prints tables, and leaves results/<date>.json with a chart for each table. `-- --document` measures nothing: it puts the
 * newest results into docs/performance.md.
 */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { type Bench, GOALS, type Table } from "./harness/bench.ts";
import { document } from "./harness/document.ts";
import { type Server, startServer } from "./harness/postgres.ts";
import { type Goal, goalOf, headOf, writeResults } from "./harness/results.ts";
import { numberText, tableText } from "./harness/table.ts";
import { PARTS } from "./parts.ts";
import { absurdSql, HOW_TO_INCLUDE_ABSURD } from "./peers/absurd-sql.ts";

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false }, document: { type: "boolean", default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part called ${unknown.join(", ")}. The parts are ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
if (values.document) {
  try {
    console.log(`docs/performance.md shows ${document()}`);
    process.exit(0);
  } catch (error) {
    refuse(error);
  }
}
try {
  if (absurdSql() === null) console.error(HOW_TO_INCLUDE_ABSURD);
} catch (error) {
  refuse(error);
}
const names = positionals.length > 0 ? positionals : Object.keys(PARTS);

const started: { server?: Promise<Server>; version?: string } = {};
const tables: Table[] = [];
const goals: Goal[] = [];

const bench: Bench = {
  quick: values.quick,
  postgres: async () => {
    started.server ??= startServer();
    const server = await started.server;
    started.version = server.version;
    return server;
  },
  table: (table) => {
    tables.push(table);
    console.log(`\n${tableText(table)}`);
  },
  goal: (id, value) => {
    goals.push(goalOf(id, value));
  },
  say: (line) => console.error(line),
};

const head = headOf(names, values.quick, () => started.version ?? null);
try {
  for (const name of names) {
    const part = await PARTS[name]!();
    bench.say(`\n${part.name}: ${part.about}`);
    await part.run(bench);
  }
} finally {
  await (await started.server)?.remove();
}
const path = writeResults({ ...head(), goals, tables });
for (const { id, value, unit, met } of goals) {
  const { target, atLeast } = GOALS[id];
  const wanted = `${atLeast ? "at least" : "at most"} ${numberText(target)} ${unit}`;
  console.log(`${met ? "met   " : "missed"}  ${id}: ${numberText(value)} (${wanted})`);
}
console.log(`\n${relative(process.cwd(), path)}`);

function refuse(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
