import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";

/** How often the command is killed; `DURABLE_RUN_KILLS=50` for a long run. */
const KILLS = Number(process.env.DURABLE_RUN_KILLS ?? 4);

const durablec = join(import.meta.dirname, "../../compiler/bin/durablec.js");
const source = join(import.meta.dirname, "../syntax/fixtures/seed/orders.durable");
const mailer = join(import.meta.dirname, "fixtures/mailer.ts");
const input = { id: "order_123", total: 99.99, email: "user@example.com" };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ migrated: false });
});
afterAll(() => database?.drop());

interface Outcome {
  readonly status: string;
  readonly result: { readonly payment_id: string };
  readonly children: readonly {
    readonly ref: string;
    readonly status: string;
    readonly input: object;
    readonly result: object;
  }[];
}

/** Starts or carries on the execution `id`; killed after so many milliseconds, unless it has ended by then. */
async function run(id: string, killAfterMs?: number): Promise<string> {
  const workflow = ["--workflow", "MyApp.OrderWorkflow", "--module", `Mailer=${mailer}`];
  const place = ["--database", database.url, "--id", id, "--input", JSON.stringify(input), "--json"];
  const child = spawn(process.execPath, [durablec, "run", source, ...workflow, ...place], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  if (killAfterMs !== undefined) void after(killAfterMs).then(() => child.kill("SIGKILL"));
  await ended;
  return stdout;
}

describe("durablec run --database", () => {
  test(`killed ${KILLS} times at random moments, carries on with the same --id to the same result`, {
    timeout: 300_000,
  }, async () => {
    for (let kill = 0; kill < KILLS; kill++) await run("order-1", 600 + Math.random() * 1500);
    const outcome = JSON.parse(await run("order-1")) as Outcome;
    expect(outcome.status).toBe("completed");
    const { payment_id } = outcome.result;
    expect(outcome.result).toMatchObject({
      order_id: "order_123",
      total: 99.99,
      status: "completed",
      payment_id: expect.stringMatching(/^pay_\d+$/),
    });
    expect(outcome.children).toMatchObject([
      { ref: "payment_workflow", status: "completed", input: { amount: 99.99 }, result: { payment_id } },
      {
        ref: "confirmation_email",
        status: "completed",
        input: { to: "user@example.com", template: "order_confirmed" },
        result: { delivered: true },
      },
    ]);
  });
});
