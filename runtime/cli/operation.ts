/** What every command has in common: it opens the database, does one thing, and prints it as a table or as JSON. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { createDurable, type Durable } from "../client/durable.ts";
import type { Machine } from "../machine.ts";
import type { Telemetry } from "../telemetry.ts";
import { UsageError } from "./failure.ts";
import { given, number } from "./given.ts";
import { loadMachines } from "./load.ts";

export interface Options {
  readonly database?: string;
  readonly schema?: string;
  readonly preparedStatements: boolean;
  readonly listen: boolean;
  readonly json?: boolean;
  readonly workflows?: readonly string[];
  readonly [option: string]: unknown;
}

/** What a command has found out or done. */
export interface Printed {
  /** One JSON value for programs. */
  readonly json: unknown;
  /** Lines for people. */
  readonly text: string;
}

export interface Opened {
  readonly durable: Durable;
  /** Those of `--workflows`. */
  readonly machines: readonly Machine[];
  readonly options: Options;
}

export type Run = (opened: Opened, ...words: readonly string[]) => Promise<Printed>;

/** Runs a command with what commander gives an action: the words, the options, the command. */
export async function perform(run: Run, creates: boolean, given: readonly unknown[]): Promise<void> {
  const words = given.slice(0, -2) as readonly string[];
  const options = (given.at(-1) as Command).opts<Options>();
  const machines = await loadMachines(options.workflows ?? []);
  const { database, ...access } = place(options);
  if (!creates) refuseMissing(database);
  const durable = await createDurable({ database, ...access, ...(await settings(options)), workflows: machines });
  try {
    const { json, text } = await run({ durable, machines, options }, ...words);
    process.stdout.write(`${options.json ? JSON.stringify(json, null, 2) : text}\n`);
  } finally {
    await durable.close();
  }
}

async function settings({ maxPayload, opentelemetry }: Options) {
  return given({
    maxPayloadBytes: number(maxPayload),
    telemetry: opentelemetry === true ? await telemetry() : undefined,
  });
}

async function telemetry(): Promise<Telemetry> {
  try {
    const { openTelemetry } = await import("../opentelemetry/opentelemetry.ts");
    return openTelemetry();
  } catch {
    throw new UsageError(
      "--opentelemetry needs @opentelemetry/api, which is not installed.",
      "npm i @opentelemetry/api",
    );
  }
}

function place({ database = process.env.DATABASE_URL, schema, preparedStatements, listen }: Options) {
  if (database === undefined || database === "") {
    throw new UsageError("It is not said which database to use.", "Give --database, or set DATABASE_URL.");
  }
  return { database, preparedStatements, listen, ...given({ schema }) };
}

/** A folder that is not there is a slip, not a wish for an empty database. */
function refuseMissing(database: string): void {
  if (database === "memory" || database.includes("://") || existsSync(database)) return;
  throw new UsageError(
    `There is no embedded database in ${database}.`,
    "Check the path; it starts from the current folder.",
  );
}
