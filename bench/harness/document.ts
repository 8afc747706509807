/**
 * Puts tables into docs/performance.md, between `<!-- table ID -->` and `<!-- /table -->`, and likewise the goals and the
 * machine. The words around them are written by hand.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GOALS } from "./bench.ts";
import { type Goal, RESULTS, type Results, readResults } from "./results.ts";
import { gridText, numberText, tableText } from "./table.ts";

const PAGE = join(import.meta.dirname, "../../docs/performance.md");
const FULL = /^\d{4}-\d\d-\d\d\.json$/;

/** Takes the newest results of a full run; the name of their file. */
export function document(): string {
  const newest = readdirSync(RESULTS)
    .filter((file) => FULL.test(file))
    .sort()
    .at(-1);
  if (newest === undefined) throw new Error("There are no results of a full run yet: `npm run bench` makes them.");
  const page = readFileSync(PAGE, "utf8");
  writeFileSync(PAGE, withResults(page, readResults(join(RESULTS, newest))));
  return newest;
}

function withResults(page: string, results: Results): string {
  const tables = page.replace(/(<!-- table (\S+) -->\n).*?(<!-- \/table -->)/gs, (_all, open, id, close) => {
    const table = results.tables.find((one) => one.id === id);
    if (!table) throw new Error(`docs/performance.md shows a table ${id}, which the results lack: run its part first.`);
    return `${open}\n${tableText(table)}\n\n![${table.title}](../bench/results/${id}.svg)\n\n${close}`;
  });
  return filled(filled(tables, "goals", goalsText(results.goals)), "machine", machineText(results));
}

function filled(page: string, region: string, text: string): string {
  return page.replace(
    new RegExp(`(<!-- ${region} -->\\n).*?(<!-- /${region} -->)`, "s"),
    (_all, open, close) => `${open}\n${text}\n\n${close}`,
  );
}

function machineText({ date, machine, loadBefore }: Results): string {
  const { cpu, cores, memoryGiB, system, node, postgres } = machine;
  const parts = [`${cpu}, ${cores} cores`, `${memoryGiB} GiB`, system, `Node ${node}`];
  const all = postgres === null ? parts : [...parts, `Postgres ${postgres} with fsync and synchronous_commit on`];
  return `Measured on ${date.slice(0, 10)}: ${all.join(", ")}, all on one machine, which had a load of ${numberText(loadBefore)} before.`;
}

function goalsText(goals: readonly Goal[]): string {
  const rows = goals.map(({ id, value, unit, target, met }) => {
    const wanted = `${GOALS[id].atLeast ? "≥" : "≤"} ${numberText(target)} ${unit}`;
    return [`\`${id}\``, wanted, numberText(value), met ? "met" : "missed"];
  });
  return gridText([["goal", "target", "here", ""], ...rows], ["l", "r", "r", "l"]);
}
