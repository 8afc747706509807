/** `~D[…]` and `~U[…]`: what is written must be a day that exists, and is kept as its ISO 8601 text. */

const shapes: Readonly<Record<string, RegExp | undefined>> = {
  D: /^(-?\d{4})-(\d\d)-(\d\d)$/,
  U: /^(-?\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|\+00:00)$/,
};

/** The text of a date or a point in time; the content as it is for other sigils, null for what no calendar has. */
export function isoText(letter: string, content: string): string | null {
  const shape = shapes[letter];
  if (!shape) return content;
  const parts = shape.exec(content)?.slice(1).map(Number);
  if (!parts || !exists(parts)) return null;
  return content.replace(" ", "T").replace("+00:00", "Z");
}

function exists([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[]): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}
