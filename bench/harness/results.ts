/** The file and the charts that a run leaves. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

/** Writes `<date>.json`, in which other parts of the same day stay, and one chart a table; the file's path. */
export function writeResults(results: Results): string {
  mkdirSync(RESULTS, { recursive: true });
  const path = join(RESULTS, `${results.date.slice(0, 10)}${results.quick ? "-quick" : ""}.json`);
  const whole = existsSync(path) ? joined(readResults(path), results) : results;
  writeFileSync(path, `${JSON.stringify(whole, null, 2)}\n`);
  for (const table of results.tables) {
    const file = `${table.id}${results.quick ? "-quick" : ""}.svg`;
    writeFileSync(join(RESULTS, file), chartSvg(table));
  }
  return path;
}

export function readResults(path: string): Results {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not a file of results (${String(error)}). Remove it to begin anew.`);
  }
}

/** What was measured later counts. */
function joined(before: Results, now: Results): Results {
  const tables = new Map([...before.tables, ...now.tables].map((table) => [table.id, table]));
  const goals = new Map([...before.goals, ...now.goals].map((goal) => [goal.id, goal]));
  const parts = [...new Set([...before.parts, ...now.parts])];
  // Parts of the compiler need no Postgres.
  const machine = { ...now.machine, postgres: now.machine.postgres ?? before.machine.postgres };
  return { ...now, machine, parts, goals: [...goals.values()], tables: [...tables.values()] };
}

/** What is known before anything is measured. */
export function headOf(parts: readonly string[], quick: boolean, postgres: () => string | null) {
  const loadBefore = loadavg()[0]!;
  const date = new Date().toISOString();
  return () => ({ date, quick, parts, machine: machineDescription(postgres()), loadBefore });
}
