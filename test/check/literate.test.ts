import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { announced, found, splitCases } from "./literate.ts";

const folder = join(import.meta.dirname, "cases");

describe.each(readdirSync(folder))("%s", (name) => {
  const cases = splitCases(readFileSync(join(folder, name), "utf8"));

  test.each(cases.map((example) => [example.title, example] as const))("%s", (_title, example) => {
    expect(found(example).sort()).toEqual(announced(example).sort());
  });
});
