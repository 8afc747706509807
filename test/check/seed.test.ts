import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lineAt } from "./lines.ts";
import { checkSources } from "./program.ts";

const folder = join(import.meta.dirname, "../syntax/fixtures/seed");

/** The modules that the guide names and does not define. */
const stubs = `defmodule MyApp.CustomerLookup do
  use Durable

  workflow "lookup" do
    step :find, fn data -> {:ok, %{name: data["id"]}} end
  end
end

defmodule MyApp.InventoryCheck do
  use Durable

  workflow "check" do
    step :count, fn _data -> {:ok, %{in_stock: true}} end
  end
end
`;

test("the guide's workflows give the warnings that a careful reviewer would give, and no others", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".durable"));
  const sources = names.map((name) => ({ path: name, text: readFileSync(join(folder, name), "utf8") }));
  const { diagnostics } = checkSources(
    [...sources, { path: "stubs.durable", text: stubs }],
    new Map([["Mailer", "./mailer"]]),
  );
  const found = diagnostics.map(
    ({ location, severity, code }) => `${location.source.path}:${lineAt(location)} ${severity} ${code}`,
  );
  expect(found).toEqual([
    "enrich_order.durable:8 warning timeout/missing",
    "enrich_order.durable:15 warning timeout/missing",
    "enrich_order.durable:23 warning name/unused-variable",
    "nested.durable:19 warning timeout/missing",
    "nested.durable:21 warning name/missing-use",
    "nested.durable:36 warning timeout/missing",
    "nested.durable:38 warning name/missing-use",
    "order_pipeline.durable:6 warning timeout/unhandled",
    "orders.durable:47 warning timeout/unhandled",
  ]);
});
