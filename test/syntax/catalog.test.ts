import { describe, expect, it } from "vitest";
import * as syntax from "../../compiler/diagnostics/catalog/syntax.ts";
import { build } from "./build.ts";

describe("the catalog of syntax mistakes", () => {
  for (const rule of Object.values(syntax)) {
    it(`${rule.code}: its bad example yields exactly it`, () => {
      expect(build(rule.bad).diagnostics.map(({ code }) => code)).toEqual([rule.code]);
    });

    it(`${rule.code}: its good example yields nothing`, () => {
      expect(build(rule.good).reports).toEqual([]);
    });
  }
});
