/** `DateTime`: ISO 8601 text in UTC. The digits of its fraction are kept as they are. */
export { add, compare, diff, fromUnix, fromUnixOrRaise, toUnix, truncate } from "./arithmetic.ts";
export {
  fromGregorianSeconds,
  fromIso8601,
  new_,
  newOrRaise,
  now,
  nowOrRaise,
  shiftZone,
  shiftZoneOrRaise,
  toDate,
  toGregorianSeconds,
  toTime,
  utcNow,
} from "./make.ts";
export { datetimeText as toString, toIso8601 } from "./text.ts";
