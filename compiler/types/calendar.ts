/** The fields of dates and points in time, `~D[2024-02-29].year`: they are texts that can be read like structs. */
import { integer, required, string, tupleOf } from "./construct.ts";
import type { FieldOf, Type } from "./type.ts";

const whole = required(integer);
const text = required(string);

const date: ReadonlyMap<string, FieldOf> = new Map([
  ["year", whole],
  ["month", whole],
  ["day", whole],
]);

const datetime: ReadonlyMap<string, FieldOf> = new Map([
  ...date,
  ["hour", whole],
  ["minute", whole],
  ["second", whole],
  ["microsecond", required(tupleOf(integer, integer))],
  ["time_zone", text],
  ["zone_abbr", text],
  ["utc_offset", whole],
  ["std_offset", whole],
]);

/** Null when the type is none of the calendar's, or has no such field. */
export function calendarField(type: Type, name: string): FieldOf | null {
  if (type.kind !== "date" && type.kind !== "datetime") return null;
  return (type.kind === "date" ? date : datetime).get(name) ?? null;
}
