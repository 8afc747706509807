import { describe, expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";
import { commandInSharedFolder } from "./command.ts";

const { durablec, write } = commandInSharedFolder();

const orders = `defmodule Shop.Pay do
  use Durable
  use Durable.Context

  workflow "pay" do
    step :charge, fn _data ->
      Bank.charge(input()["amount"])
      put_context(:payment_id, "pay_1")
    end
  end
end

defmodule Shop.Order do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait

  workflow "order", input: %{total: number()} do
    step :pay, [retry: [max_attempts: 2]], fn data ->
      case call_workflow(Shop.Pay, %{"amount" => data.total}, timeout: :infinity) do
        {:ok, paid} -> {:ok, assign(data, :payment_id, paid["payment_id"])}
        {:error, reason} -> {:error, reason}
      end
    end

    step :collect, fn data ->
      sleep(hours(2))
      {:ok, assign(data, :by, wait_for_event("collected", timeout: days(1)))}
    end
  end
end
`;

const bank = `console.log("the bank is loaded");
export async function charge(amount: number): Promise<void> { console.log("charged " + amount); }
`;

const run = (...args: string[]) => durablec("run", "orders.durable", "--module", "Bank=./bank.ts", ...args);

const block = `workflow "block" do
  parallel run: :queued, into: fn _data, results -> {:ok, %{done: map_size(results)}} end do
    step :sleeps, fn _data ->
      sleep(minutes(1))
      {:ok, %{}}
    end

    step :fails, [retry: [max_attempts: 2]], fn _data -> {:error, "no"} end
    step :listens, fn _data -> {:ok, %{heard: wait_for_event("word", timeout: :infinity)}} end
  end
end
`;

describe("durablec run", () => {
  it("goes on as long as a branch of a queued block can, and shows its steps once", async () => {
    write("block.durable", block);
    const { code, stdout } = await durablec("run", "block.durable", "--skip-time", "--send", "word=1", "--json");
    const { result, steps } = JSON.parse(stdout);
    expect([code, result]).toEqual([0, { done: 3 }]);
    const names = steps.map(({ name, attempt }: { name: string; attempt: number }) => `${name} ${attempt}`);
    expect(names.sort()).toEqual(["fails 1", "fails 2", "into 1", "listens 1", "sleeps 1"]);
  });

  it("runs a workflow and its children, and prints the outcome alone on stdout", async () => {
    write("orders.durable", orders);
    write("bank.ts", bank);
    const { code, stdout, stderr } = await run(
      "--input",
      `{"total": 5}`,
      "--send",
      `collected="Ann"`,
      "--skip-time",
      "--json",
      "--id",
      "o1",
    );
    expect(JSON.parse(stdout)).toEqual({
      id: "o1",
      workflow: "Shop.Order/order",
      status: "completed",
      input: { total: 5 },
      result: { total: 5, payment_id: "pay_1", by: "Ann" },
      error: null,
      steps: [
        { name: "pay", attempt: 1, status: "completed", durationMs: expect.any(Number) },
        { name: "collect", attempt: 1, status: "completed", durationMs: expect.any(Number) },
      ],
      children: [
        {
          ref: "pay",
          id: expect.any(String),
          workflow: "Shop.Pay/pay",
          status: "completed",
          input: { amount: 5 },
          result: { amount: 5, payment_id: "pay_1" },
          error: null,
          steps: [{ name: "charge", attempt: 1, status: "completed", durationMs: expect.any(Number) }],
          children: [],
        },
      ],
    });
    expect(code).toBe(0);
    expect(stderr).toContain("the bank is loaded\ncharged 5\n");
  });

  it("shows each step as it ends, then the result", async () => {
    write("orders.durable", orders);
    write("bank.ts", bank);
    const { code, stdout, stderr } = await run("--input", `{"total": 5}`, "--skip-time");
    expect(JSON.parse(stdout)).toEqual({ total: 5, payment_id: "pay_1", by: null });
    expect(stderr).toMatch(/✓ charge .*\bpay\n.*✓ pay .*✓ collect .*✓ completed in/s);
    expect(code).toBe(0);
  });

  it("says what it waits for when that takes long", async () => {
    write("orders.durable", orders);
    write("bank.ts", bank);
    const { code, stdout, stderr } = await run("--input", `{"total": 5}`, "--timeout", "4s");
    expect(stderr).toMatch(/✓ pay .*\n◌ collect {2}waiting for (\S+)\n\n◌ waiting in .*\n {2}waiting for \1\n$/s);
    expect([code, stdout]).toEqual([1, ""]);
  });

  it("exits with 1 when the time is over, and prints the state so far", async () => {
    write("orders.durable", orders);
    write("bank.ts", bank);
    const { code, stdout } = await run("--input", `{"total": 5}`, "--json", "--timeout", "1s");
    expect(JSON.parse(stdout)).toMatchObject({
      status: "waiting",
      result: null,
      steps: [
        { name: "pay", status: "completed" },
        { name: "collect", attempt: 1, status: "waiting" },
      ],
    });
    expect(code).toBe(1);
  });

  it("runs what is outside of the folder that a build mirrors; exits with 1 when it fails, one entry for each attempt", async () => {
    write("away/durable.config.json", `{ "root": "src" }`);
    write(
      "away/fail.durable",
      `workflow "fail" do\n  step :try, [retry: [max_attempts: 2]], fn _data -> {:error, "no luck"} end\nend\n`,
    );
    const { code, stdout } = await durablec("run", "away/fail.durable", "--skip-time", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      status: "failed",
      error: { type: expect.any(String), message: expect.stringContaining("no luck") },
      steps: [
        { name: "try", attempt: 1, status: "failed" },
        { name: "try", attempt: 2, status: "failed" },
      ],
    });
    expect(code).toBe(1);
  });

  it("carries on the execution that has the id, on a database that stays", async () => {
    write("orders.durable", orders);
    write("bank.ts", bank);
    const database = await testDatabase();
    try {
      const again = ["--id", "o2", "--database", database.url, "--json"];
      const first = await run(...again, "--input", `{"total": 5}`, "--timeout", "1s");
      expect(JSON.parse(first.stdout)).toMatchObject({ id: "o2", status: "waiting" });
      const second = await run(...again, "--input", `{"total": 5}`, "--timeout", "1s");
      expect(JSON.parse(second.stdout)).toMatchObject({
        id: "o2",
        steps: [{ name: "pay" }, { name: "collect" }],
        children: [{ ref: "pay" }],
      });
      expect(second.stderr).not.toContain("charged");
    } finally {
      await database.drop();
    }
  });
});

describe("what run refuses", () => {
  it.each([
    ["input that is not JSON", ["--input", `{"total":`], 2, "--input is not JSON"],
    ["input that is not an object", ["--input", `[1]`], 2, "--input is not a JSON object."],
    ["an input file that is not there", ["--input", "@nowhere.json"], 2, "nowhere.json cannot be read"],
    ["a workflow that is not there", ["--workflow", "Shop.Ordr"], 2, "Did you mean --workflow Shop.Order?"],
    ["an event without a value", ["--send", "paid"], 2, "Write it as name=JSON"],
    ["a duration that is none", ["--timeout", "soon"], 2, "500ms, 30s, 2m, 1h"],
    ["virtual time on a server", ["--skip-time", "--database", "postgres://localhost:1/x"], 2, "would move the clock"],
    ["a database that does not answer", ["--database", "postgres://localhost:1/x"], 1, "localhost:1"],
  ])("%s, with a clear message and no stack trace", async (_, args, expected, message) => {
    write("orders.durable", orders);
    write("bank.ts", bank);
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([expected, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("several workflows of which none is called by another, listing them", async () => {
    const workflow = (name: string) =>
      `defmodule ${name} do\n  use Durable\n  workflow "w" do\n    step :s, fn data -> {:ok, data} end\n  end\nend\n`;
    write("two.durable", workflow("A.One") + workflow("A.Two"));
    const { code, stderr } = await durablec("run", "two.durable");
    expect(code).toBe(2);
    expect(stderr).toContain("  --workflow A.One/w\n  --workflow A.Two/w");
  });

  it("sources with errors, as JSON where that was asked for", async () => {
    write("bad.durable", `workflow "w" do\n  step :s, fn data -> {:ok, nope(data)} end\nend\n`);
    const { code, stdout } = await durablec("run", "bad.durable", "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { errors: 1 }]);
  });
});
