import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lineAt } from "./lines.ts";
import { checkText } from "./program.ts";

const folder = join(import.meta.dirname, "realistic");

test.each(readdirSync(folder))("%s, a workflow as people write them, gives no false alarm", (name) => {
  const { diagnostics } = checkText(readFileSync(join(folder, name), "utf8"), name);
  expect(diagnostics.map(({ code, message, location }) => `${lineAt(location)}: ${code}: ${message}`)).toEqual([]);
});
