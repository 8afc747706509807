import { expect, it } from "vitest";
import { Parser } from "../../grammar/parser/modules.ts";

it("the grammar is sound: no left recursion, no alternative that another hides, nothing empty repeated", () => {
  expect(() => new Parser(false)).not.toThrow();
});
