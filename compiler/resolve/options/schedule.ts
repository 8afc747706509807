/** `@schedule`: when a workflow is started by the clock. */
import { CronPattern } from "croner";
import type { Schedule } from "../../ast/nodes.ts";
import { invalidCron, unknownTimezone } from "../../diagnostics/catalog/schedule.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { report, type Unit } from "../unit.ts";
import { anything, oneOf, type Reader, readOptions, type Schema, text } from "./read.ts";

interface WrittenSchedule {
  readonly cron: string;
  readonly name: string;
  readonly timezone: string;
  readonly input: unknown;
  readonly queue: string;
  readonly overlap: "allow" | "skip";
}

const cron: Reader<string> = (value, name, unit) => {
  const pattern = text(value, name, unit);
  const why = pattern === undefined ? null : whyNoCron(pattern);
  if (why === null) return pattern;
  report(unit, invalidCron, value.span, { why });
  return undefined;
};

/** What is wrong with a pattern of five fields, or a word such as `@daily`, in words. */
function whyNoCron(pattern: string): string | null {
  try {
    new CronPattern(pattern.trim(), undefined, { mode: "5-part" });
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return said.replace(/^CronPattern: /, "").replace(/\.$/, "");
  }
}

const timezone: Reader<string> = (value, name, unit) => {
  const zone = text(value, name, unit);
  if (zone === undefined || isZone(zone)) return zone;
  report(unit, unknownTimezone, value.span, { zone, suggestion: suggest(zone, Intl.supportedValuesOf("timeZone")) });
  return undefined;
};

/** Offsets such as `+02:00` are no zones: they know nothing of summer time. */
function isZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const schema: Schema<WrittenSchedule> = {
  cron,
  name: text,
  timezone,
  input: anything,
  queue: text,
  overlap: oneOf("allow", "skip"),
};

export const scheduleOptionNames: readonly string[] = Object.keys(schema);

export function checkScheduleOptions(schedule: Schedule, unit: Unit): void {
  readOptions(schedule.options, schema, "`@schedule`", unit);
  if (schedule.options.some(({ name }) => name.text === "cron")) return;
  const { start } = schedule.span;
  report(unit, invalidCron, { start, end: start + "@schedule".length }, { why: "there is none" });
}
