import { describe, expect, it } from "vitest";
import * as excuse from "../../compiler/diagnostics/catalog/excuse.ts";
import { families } from "../../compiler/diagnostics/catalog/index.ts";
import { build } from "./build.ts";

/** Comments that excuse a diagnostic are read once all diagnostics are known, not by the parser. */
const notOurs = new Set<object>(Object.values(excuse));

describe("the catalog of syntax mistakes", () => {
  for (const rule of Object.values(families.syntax).filter((one) => !notOurs.has(one))) {
    it(`${rule.code}: its bad example yields exactly it`, () => {
      expect(build(rule.bad).diagnostics.map(({ code }) => code)).toEqual([rule.code]);
    });

    it(`${rule.code}: its good example yields nothing`, () => {
      expect(build(rule.good).reports).toEqual([]);
    });
  }
});
