/** `Date`, exported as `Dates`: ISO 8601 text. Where a date is asked for, a date and time will do. */
export {
  add,
  beginningOfMonth,
  beginningOfWeek,
  compare,
  diff,
  endOfMonth,
  endOfWeek,
  range,
} from "./arithmetic.ts";
export {
  fromErl,
  fromErlOrRaise,
  fromGregorianDays,
  fromIso8601,
  fromIso8601OrRaise,
  new_,
  newOrRaise,
  utcToday,
} from "./make.ts";
export {
  dateText as toString,
  dayOfEra,
  dayOfWeek,
  dayOfYear,
  daysInMonth,
  leapYear,
  monthsInYear,
  quarterOfYear,
  toErl,
  toGregorianDays,
  toIso8601,
  yearOfEra,
} from "./parts.ts";
