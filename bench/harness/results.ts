/** The file and the charts that a run leaves. */
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { GOALS, type GoalId, type Table } from "./bench.ts";
import { chartSvg } from "./chart.ts";
import { type MachineDescription, machineDescription } from "./machine.ts";

export interface Goal {
  readonly id: GoalId;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  readonly met: boolean;
}

export interface Results {
  readonly date: string;
  readonly quick: boolean;
  readonly parts: readonly string[];
  readonly machine: MachineDescription;
  /** Of the minute before the run: on a machine with more to do, compare columns, not runs. */
  readonly loadBefore: number;
  readonly goals: readonly Goal[];
  readonly tables: readonly Table[];
}

export const RESULTS = join(import.meta.dirname, "..", "results");

export function goalOf(id: GoalId, value: number): Goal {
  const { target, unit, atLeast } = GOALS[id];
  return { id, value, unit, target, met: atLeast ? value >= target : value <= target };
}

/** Writes `<date>.json` and one chart a table; the file's path. */
export function writeResults(results: Results): string {
  mkdirSync(RESULTS, { recursive: true });
  const path = join(RESULTS, `${results.date.slice(0, 10)}${results.quick ? "-quick" : ""}.json`);
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  for (const table of results.tables) {
    const file = `${table.id}${results.quick ? "-quick" : ""}.svg`;
    writeFileSync(join(RESULTS, file), chartSvg(table));
  }
  return path;
}

/** What is known before anything is measured. */
export function headOf(parts: readonly string[], quick: boolean, postgres: () => string | null) {
  const loadBefore = loadavg()[0]!;
  const date = new Date().toISOString();
  return () => ({ date, quick, parts, machine: machineDescription(postgres()), loadBefore });
}
