/** What TypeScript knows of an imported `.durable` file: checked by the compiler, in an app that is set up as the docs say. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { createBundledProject } from "../../compiler/bundler/project.ts";
import { createApp } from "./app.ts";

const tsc = fileURLToPath(new URL("../../node_modules/typescript7/bin/tsc", import.meta.url));
const durablec = fileURLToPath(new URL("../../compiler/bin/durablec.js", import.meta.url));
const app = createApp("TypeScript");
afterAll(() => app.remove());

const configuration = {
  compilerOptions: {
    allowArbitraryExtensions: true,
    customConditions: ["@durablec/source"],
    allowImportingTsExtensions: true,
    module: "nodenext",
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: "es2024",
    types: ["node"],
  },
  include: ["src/use.ts"],
};

const use = `import { createDurable } from "@durablec/runtime";
import { Order, type OrderOutput } from "./orders.durable";

const durable = await createDurable({ workflows: [Order] });
const run = await durable.start(Order, { total: 5 });
const result: OrderOutput = await run.result();
export const mailed: string = result.mailed;

// @ts-expect-error the input has no such key
await durable.start(Order, { sum: 5 });
// @ts-expect-error the result has no such key
result.sent;
`;

it("types the input and the result of a machine", async () => {
  app.write("package.json", '{ "type": "module" }');
  app.write("tsconfig.json", JSON.stringify(configuration));
  app.write("src/use.ts", use);
  await createBundledProject({ root: app.root }).compiled();
  const { stdout, status } = spawnSync(process.execPath, [tsc, "--project", app.root], { encoding: "utf8" });
  expect([stdout, status]).toEqual(["", 0]);
});

it("is what `durablec build --types` writes, too", async () => {
  const [orders, payments] = ["src/orders.d.durable.ts", "src/payments.d.durable.ts"].map(app.path) as [string, string];
  await createBundledProject({ root: app.root }).compiled();
  const written = [orders, payments].map((path) => readFileSync(path, "utf8").replace(/^.*\n/, ""));
  for (const path of [orders, payments]) rmSync(path);
  spawnSync(process.execPath, [durablec, "build", "src", "--types"], { cwd: app.root });
  expect([orders, payments].map((path) => readFileSync(path, "utf8").replace(/^.*\n/, ""))).toEqual(written);
});
