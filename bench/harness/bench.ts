/** What a part of the benchmark is, and what it is given. See README.md for how to add one. */
import type { Measured } from "./statistics.ts";

export interface Part {
  /** What it is asked for by, on the command line. */
  readonly name: string;
  readonly about: string;
  run(bench: Bench): Promise<void>;
}

export interface Bench {
  /** Fewer rounds and smaller loads: for finding out whether it works, not for quoting. */
  readonly quick: boolean;
  /** The one Postgres of this run, started when it is first asked for. */
  postgres(): Promise<Postgres>;
  /** Prints a table, and keeps it for the results file with its chart. */
  table(table: Table): void;
  /** Keeps a goal's value; whether it is met follows from the target. */
  goal(id: GoalId, value: number): void;
  /** One line about what goes on, on stderr. */
  say(line: string): void;
}

export interface Postgres {
  /** Of a database of this name, made when it is not there. */
  database(name: string): Promise<string>;
  /** Folder of the server's programs where the system has them, else null. */
  readonly programs: string | null;
  readonly version: string;
}

export type Cell = string | number | Measured | null;

export interface Table {
  /** Names the chart's file too. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What a reader must know to read it. */
  readonly note?: string;
  /** One group of bars for each row, one bar for each of these columns. */
  readonly chart: { readonly columns: readonly string[]; readonly unit: string; readonly scale?: "linear" | "log" };
}

export type GoalId = keyof typeof GOALS;

export interface Target {
  readonly target: number;
  readonly unit: string;
  readonly atLeast: boolean;
}

const atLeast = (target: number, unit: string): Target => ({ target, unit, atLeast: true });
const atMost = (target: number, unit: string): Target => ({ target, unit, atLeast: false });

export const GOALS = {
  steps_vs_pgbench: atLeast(3, "x"),
  steps_vs_best_peer: atLeast(10, "x"),
  statements_per_step: atMost(1.05, "statements"),
  idle_latency_ratio: atMost(2, "x"),
  resume_10000_vs_10: atMost(1.2, "x"),
  sleepers_cpu_percent: atMost(1, "%"),
  sleepers_queries_per_s: atMost(5, "queries/s"),
  check_one_ms: atMost(300, "ms"),
  check_1000_ms: atMost(5000, "ms"),
  rebuild_ms: atMost(200, "ms"),
} as const satisfies { readonly [id: string]: Target };
