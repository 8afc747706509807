import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { build } from "./build.ts";

const folder = new URL("fixtures/seed/", import.meta.url);

describe("the guide's workflows", () => {
  it.each(readdirSync(folder))("%s is read without a complaint", (name) => {
    const { file, reports } = build(readFileSync(new URL(name, folder), "utf8"), name);
    expect(reports).toEqual([]);
    expect(file.modules.length).toBeGreaterThan(0);
  });

  it("a file without a module is one named after it", () => {
    const text = readFileSync(new URL("order_pipeline.durable", folder), "utf8");
    const { file } = build(text, "flows/order_pipeline.durable");
    expect(file.modules.map(({ name, implicit }) => [name.text, implicit])).toEqual([["OrderPipeline", true]]);
  });
});
