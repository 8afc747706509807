import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { PGBOUNCER, startPooler } from "../support/pooler.ts";

const root = join(import.meta.dirname, "../..");
const bin = join(root, "runtime/bin/durable.js");

let database: TestDatabase;
let folder: string;
let module: string;

beforeAll(async () => {
  database = await testDatabase();
  // Below the repository, so that it finds the runtime as an app would.
  folder = mkdtempSync(join(root, "node_modules/.cache-cli-"));
  module = join(folder, "greet.mjs");
  writeFileSync(
    module,
    `import { defineMachine, ok } from "@durablec/runtime";
const states = {
  ask: { kind: "step", name: "ask", line: 1, next: null, run: (io, { approve }) => approve
    ? io.waitForInput("boss", { type: "approval", prompt: "Greet them?", resume: "ask@event" })
    : io.waitForEvent("name", { resume: "ask@event" }) },
  "ask@event": { kind: "resume", step: "ask", line: 2, run: (io, data, saved, name) => ok({ greeting: "Hello " + name }) },
};
export const Greet = defineMachine({
  module: "Greet", workflow: "greet", source: "greet.durable", fingerprint: "1", start: "ask", states,
  schedules: [{ cron: "0 9 * * *", name: "daily-greet" }], events: ["name"], inputs: ["boss"], resumeKeys: { ask: "greet:ask", "ask@event": "greet:ask@event" },
});
`,
  );
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: object = { DATABASE_URL: database.url }) {
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...rest, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, ...said })));
  return { child, ended };
}

function durable(...args: string[]): Promise<Ended> {
  return start(args).ended;
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await durable(...args, "--json");
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

describe("durable", () => {
  test("starts, shows, feeds and finishes an execution", async () => {
    const starting = ["start", "Greet", "--workflows", module, "--input", '{"lang": "en"}', "--id", "greet-1"];
    expect(await json(...starting)).toEqual({ id: "greet-1", created: true });
    expect(await durable(...starting)).toMatchObject({ code: 0, stdout: "greet-1 exists already.\n" });
    const worker = start(["worker", "--workflows", module, "--queue", "default=2"]);
    const misspelt = await durable("send-event", "greet-1", "nmae", "Ada", "--workflows", module);
    expect(misspelt).toMatchObject({ code: 1, stderr: expect.stringContaining("nmae") });
    await json("send-event", "greet-1", "name", "Ada");
    while ((await json("show", "greet-1")).status !== "completed");
    worker.child.kill("SIGTERM");
    expect(await worker.ended).toMatchObject({ code: 0, stdout: "Stopped.\n" });
    expect(await json("show", "greet-1")).toMatchObject({
      result: { lang: "en", greeting: "Hello Ada" },
      history: [{ step: "ask", status: "completed" }],
    });
    expect((await durable("show", "greet-1")).stdout).toMatch(/status +completed.*ask +1 +completed/s);
  });

  test("lists, counts and cancels", async () => {
    const at = "2999-01-01T00:00:00.000Z";
    await json("start", "Greet/greet", "--workflows", module, "--id", "greet-2", "--at", at);
    expect(await json("list", "--status", "pending", "--module", "Greet")).toMatchObject([
      { id: "greet-2", wakeAt: at },
    ]);
    expect((await durable("cancel", "greet-2", "--reason", "no need")).stdout).toBe("Cancelled greet-2.\n");
    expect(await json("show", "greet-2")).toMatchObject({ status: "cancelled", error: { message: "no need" } });
    expect((await durable("status")).stdout).toMatch(/^STATUS +EXECUTIONS\n.*cancelled +1/s);
    expect(await json("children", "greet-2")).toEqual([]);
  });

  test("shows who waits, takes answers, ends waits, and says how the whole is", async () => {
    await json("start", "Greet", "--workflows", module, "--id", "greet-3", "--input", '{"approve": true}');
    await json("start", "Greet", "--workflows", module, "--id", "greet-4");
    const worker = start(["worker", "--workflows", module]);
    while ((await json("pending")).inputs.length + (await json("pending")).events.length < 2);
    expect((await durable("pending")).stdout).toMatch(/greet-3 +approval +boss +Greet them\?/);
    expect((await durable("provide-input", "greet-3", "boss", "maybe")).stderr).toContain("does not fit");
    await json("provide-input", "greet-3", "boss", "true");
    await json("cancel-wait", "greet-4", "--reason", "enough");
    while ((await json("list", "--status", "completed")).length < 3);
    expect(await json("show", "greet-3")).toMatchObject({ result: { greeting: "Hello approved" } });
    expect((await durable("queues", "pause", "default")).stdout).toBe("Paused default.\n");
    expect(await json("queues")).toMatchObject([{ name: "default", paused: true, workers: 1 }]);
    await json("queues", "resume", "default");
    expect((await durable("schedules")).stdout).toMatch(/daily-greet +Greet\/greet +0 9 \* \* \* \(Etc\/UTC\)/);
    const moved = await json(
      "schedules",
      "update",
      "daily-greet",
      "--cron",
      "30 9 * * *",
      "--timezone",
      "Europe/Berlin",
    );
    expect(moved).toMatchObject({ cron: "30 9 * * *", timezone: "Europe/Berlin", overlap: "allow" });
    const { id } = await json("schedules", "trigger", "daily-greet");
    await json("cancel", id);
    expect((await durable("doctor")).stdout).toBe("Nothing is wrong.\n");
    expect((await durable("retry", "greet-3")).stderr).toContain("has not failed");
    expect((await durable("cleanup", "--older-than", "30d", "--dry-run")).stdout).toContain("Would delete 0");
    worker.child.kill("SIGTERM");
    await worker.ended;
  });

  test.skipIf(PGBOUNCER === null)("works through pgbouncer in transaction mode, without LISTEN", async () => {
    const pooler = await startPooler(database.url);
    const pooled = ["--database", pooler.url, "--no-prepared-statements", "--no-listen"];
    await json("start", "Greet", "--workflows", module, "--id", "greet-5", "--queue", "pooled", ...pooled);
    const worker = start(["worker", "--workflows", module, "--queue", "pooled", "--poll", "50", ...pooled]);
    await json("send-event", "greet-5", "name", "Ada", ...pooled);
    while ((await json("show", "greet-5", ...pooled)).status !== "completed");
    worker.child.kill("SIGTERM");
    expect((await worker.ended).code).toBe(0);
    await pooler.end();
  });

  test.each([
    ["an execution that is unknown", ["show", "nobody"], 1, "There is no execution nobody."],
    ["an execution that is to be listed after", ["list", "--after", "nobody"], 1, "There is no execution nobody."],
    ["the parent of children", ["children", "nobody"], 1, "There is no execution nobody."],
    ["whoever is asked for", ["pending", "nobody"], 1, "There is no execution nobody."],
    [
      "a number that is none",
      ["list", "--limit", "many"],
      2,
      "'--limit <n>' argument 'many' is invalid. Give a whole number",
    ],
    ["a number that is too small", ["list", "--limit", "0"], 2, "Give a whole number, 1 or more."],
    ["a time that is none", ["start", "Greet", "--workflows", "MODULE", "--at", "soon"], 2, "Give a time such as"],
    ["a workflow without its module", ["start", "Greet"], 2, "Name its module by --workflows."],
    [
      "what has not ended",
      ["cleanup", "--older-than", "1d", "--status", "running"],
      2,
      "What is running has not ended.",
    ],
    ["an age that is none", ["cleanup", "--older-than", "3w"], 2, "--older-than 3w is not understood."],
    ["an action that is none", ["queues", "stop", "default"], 2, "there are pause, resume, drain."],
    ["a schedule that is not to change", ["schedules", "update", "daily-greet"], 2, "It is not said what to change."],
    ["a cron that is none", ["schedules", "update", "daily-greet", "--cron", "every day"], 1, "every day"],
    ["a status that is none", ["list", "--status", "done"], 2, "There is no status done."],
    [
      "an input that is no object",
      ["start", "Greet", "--workflows", "MODULE", "--input", "[1]"],
      2,
      "not a JSON object",
    ],
    ["a workflow that is unknown", ["start", "Greeet", "--workflows", "MODULE"], 2, "There are: Greet/greet."],
    ["a module that is not there", ["worker", "--workflows", "nowhere.js"], 2, "nowhere.js cannot be loaded"],
    [
      "a database that is not there",
      ["status", "--database", "postgres://127.0.0.1:1/x"],
      1,
      "Cannot reach the database",
    ],
    ["a folder that is not there", ["list", "--database", "nowhere"], 2, "There is no embedded database in nowhere."],
    [
      "an event's payload that is no JSON though it begins like it",
      ["send-event", "greet-1", "name", "{by: Bo}"],
      2,
      "This begins like JSON and is none: {by: Bo}",
    ],
    ["an option that is none", ["status", "--jsno"], 2, "Unknown option"],
  ])("says what is wrong with %s, without a stack trace", async (_what, args, code, words) => {
    const ended = await durable(...args.map((arg) => (arg === "MODULE" ? module : arg)));
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(words);
    expect(ended.stderr).not.toMatch(/^ +at /m);
  });

  test("asks for a database when none is given", async () => {
    expect(await start(["list"], {}).ended).toMatchObject({ code: 2, stderr: expect.stringContaining("DATABASE_URL") });
  });
});
