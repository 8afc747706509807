/** What sources become. `UPDATE_CASES=1` writes what they become now; look at the difference before you commit it. */
import { describe, expect, it } from "vitest";
import { format } from "../../compiler/format/format.ts";
import { cases, shownOf, wholeOf, writeCases } from "./cases.ts";

function formatted(text: string): string {
  const result = format(text);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  return result.text;
}

if (process.env.UPDATE_CASES) {
  writeCases(cases.map((each) => ({ ...each, after: shownOf(each.file, formatted(wholeOf(each))) })));
}

describe.skipIf(process.env.UPDATE_CASES).each([...new Set(cases.map(({ file }) => file))])("%s", (file) => {
  const own = cases.filter((each) => each.file === file);

  it.each(own.map((each) => [each.title, each] as const))("%s", (_, each) => {
    expect(shownOf(file, formatted(wholeOf(each)))).toBe(each.after);
  });

  it.each(own.map((each) => [each.title, each] as const))("formats to itself: %s", (_, each) => {
    const once = formatted(wholeOf(each));
    expect(formatted(once)).toBe(once);
  });
});
