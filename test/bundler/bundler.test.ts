/** Apps that import `.durable` files: what a bundler makes of them runs, and leads home when it does not. */
import { readFileSync } from "node:fs";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { createServer } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { durable } from "../../compiler/bundler/vite.ts";
import { type App, createApp, type Language } from "./app.ts";
import { bundlers } from "./bundlers.ts";

const apps: App[] = [];

function appIn(language: Language): App {
  const app = createApp(language);
  apps.push(app);
  return app;
}

afterAll(() => {
  for (const app of apps) app.remove();
});

function change(app: App, name: string, from: string, to: string): void {
  app.write(name, readFileSync(app.path(name), "utf8").replace(from, to));
}

/** The place in the sources of a text of the bundle. */
function origin(app: App, text: string): { source: string | null; line: number | null } {
  const code = readFileSync(app.path("out/main.mjs"), "utf8");
  const map = new TraceMap(
    JSON.parse(readFileSync(app.path("out/main.mjs.map"), "utf8")),
    app.path("out/main.mjs.map"),
  );
  const before = code.slice(0, code.indexOf(text)).split("\n");
  const { source, line } = originalPositionFor(map, { line: before.length, column: before.at(-1)!.length });
  return { source, line };
}

describe.each(bundlers)("$name", ({ language, bundle }) => {
  let app: App;

  beforeAll(async () => {
    app = appIn(language);
    await bundle(app);
  });

  it("makes a program that runs, in which every importer has the same machine", () => {
    expect(app.run("out/main.mjs")).toEqual({ status: "completed", mailed: "mailed: receipt for 5", same: true });
  });

  it("maps what it made to the lines of the .durable file", () => {
    const { source, line } = origin(app, '"not paid"');
    expect([source?.endsWith("src/orders.durable"), line]).toEqual([true, 12]);
  });

  it("fails with what the compiler says, in its place", async () => {
    change(app, "src/payments.durable", "data.amount", "data.sum");
    const failed = await bundle(app).then(() => null, String);
    expect(failed).toContain("type/unknown-key");
    expect(failed).toContain("payments.durable:7:");
    expect(failed).toContain("data.sum");
  });
});

describe("Vite's server", () => {
  it("serves what has changed, in the file and in those that call it", async () => {
    const app = appIn("TypeScript");
    const server = await createServer({
      root: app.root,
      configFile: false,
      logLevel: "silent",
      server: { middlewareMode: true, ws: false },
      optimizeDeps: { noDiscovery: true },
      plugins: [durable({ root: app.root })],
    });
    const states = async () => {
      const { Payment } = await server.ssrLoadModule("/src/payments.durable");
      return Object.keys(Payment.states);
    };
    expect(await states()).toEqual(["charge"]);
    change(app, "src/payments.durable", "step :charge", "step :take");
    server.watcher.emit("change", app.path("src/payments.durable"));
    await expect.poll(states).toEqual(["take"]);
    await server.close();
  });
});
