/**
 * `npm run demo`: compiles the order system, starts it, kills its process while the order waits for the courier, and
 * shows another process carry on. Runs on the embedded database; nothing is needed, and nothing stays behind.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { styleText } from "node:util";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const durablec = join(root, "compiler/bin/durablec.js");
const folder = mkdtempSync(join(tmpdir(), "durable-demo-"));
const app = join(root, "node_modules/.cache/durable-demo/app.mjs");

process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

chapter(
  "durablec build examples",
  "three workflows become one TypeScript file, checked against the TypeScript they call",
);
compile();
await bundle();

chapter("a first process takes the order", "the card is charged by a child workflow, which has to try twice");
const first = start();
await first.saw("courier booked");
await sleep(500);
first.kill();
narrate(`kill -9 ${first.pid}, while the order waits for its courier`);

chapter("a second process carries on", "from where the order was: nothing that was done is done again");
const second = start("picked-up");
await second.ended;

const charges = [...first.lines, ...second.lines].filter((line) => line.includes("charged")).length;
const receipts = [...first.lines, ...second.lines].filter((line) => line.includes("receipt for")).length;
if (charges !== 1 || receipts !== 1)
  throw new Error(`charged ${charges} times, ${receipts} receipts: expected one of each`);
narrate("one payment, one receipt, two processes. The code that did it: generated/orders/orders.ts");

function compile() {
  const { status } = spawnSync(process.execPath, [durablec, "build", "examples"], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

/** Node 20 does not run TypeScript, so the app is bundled as any app would be; packages stay outside. */
async function bundle() {
  await build({
    entryPoints: [join(import.meta.dirname, "app.ts")],
    outfile: app,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
}

/** A process of the app; what it prints is shown and can be waited for. */
function start(...args) {
  const env = { ...process.env, SHOP_DATABASE: folder };
  const child = spawn(process.execPath, [app, ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = [];
  const waiting = new Map();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    console.log(style("dim", `  ${String(child.pid).padEnd(7)}`) + line);
    for (const [text, resolve] of waiting) if (line.includes(text)) resolve();
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  return {
    pid: child.pid,
    lines,
    ended,
    kill: () => child.kill("SIGKILL"),
    saw: (text) => new Promise((resolve) => waiting.set(text, resolve)),
  };
}

function chapter(title, text) {
  console.log(`\n${style(["bold", "cyan"], title)}\n${style("dim", text)}\n`);
}

function narrate(text) {
  console.log(`\n  ${style("yellow", text)}`);
}

/** Colours are for people at a terminal. */
function style(format, text) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text;
}
