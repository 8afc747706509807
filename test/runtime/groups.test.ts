import type { Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { world } from "./world.ts";

const here = world();

const source = `
defmodule Group do
  use Durable
  use Durable.Wait
  use Durable.Orchestration

  workflow "any" do
    step :wait, fn _data ->
      got = case wait_for_any(["paid", "refused"], timeout: hours(1)) do
        {:timeout, nil} -> "nobody"
        {name, payload} -> "#{name}: #{payload}"
      end
      {:ok, %{got: got}}
    end
  end

  workflow "any_value" do
    step :wait, fn _data -> {:ok, %{got: wait_for_any(["paid", "refused"], timeout: hours(1), timeout_value: :late)}} end
  end

  workflow "all" do
    step :wait, fn _data ->
      got = case wait_for_all(["left", "right"], timeout: hours(1)) do
        {:timeout, received} -> %{missing: 2 - map_size(received), received: received}
        both -> %{both: both}
      end
      again = wait_for_event("left", timeout: hours(1))
      {:ok, %{got: got, again: again}}
    end
  end

  workflow "slow" do
    step :nap, fn data ->
      sleep(data["ms"])
      {:ok, data}
    end
  end

  workflow "gives_up" do
    step :ask, fn _data ->
      answer = call_workflow(Group, %{ms: 600_000}, workflow: "slow", timeout: 1000, on_timeout: :cancel, timeout_value: :gone)
      {:ok, %{answer: answer}}
    end
  end
end
`;

describe("compiled waits on several events", () => {
  let all: readonly Machine[];
  beforeAll(async () => {
    all = Object.values(await machinesOf(source));
  });
  const named = (workflow: string) => all.find((machine) => machine.workflow === workflow)!;

  async function resultOf(workflow: string, events: readonly (readonly [string, unknown])[] = []) {
    const client = here.client(...all);
    const run = await client.start(named(workflow), {});
    for (const [name, payload] of events) await client.sendEvent(run.id, name, payload);
    await here.working(all);
    return run.result();
  }

  test("any gives the name and payload of the earliest", async () => {
    expect(
      await resultOf("any", [
        ["refused", "no"],
        ["paid", "yes"],
      ]),
    ).toEqual({ got: "refused: no" });
  });

  test("any gives {:timeout, nil}, or the timeout's own value", async () => {
    expect(await resultOf("any")).toEqual({ got: "nobody" });
    expect(await resultOf("any_value")).toEqual({ got: "late" });
  });

  test("all gives the payloads by name", async () => {
    expect(
      await resultOf("all", [
        ["right", 2],
        ["left", 1],
        ["left", 3],
      ]),
    ).toEqual({ got: { both: { left: 1, right: 2 } }, again: 3 });
  });

  test("all gives {:timeout, received} when some are missing, and what was received is consumed", async () => {
    expect(await resultOf("all", [["left", 1]])).toEqual({
      got: { missing: 1, received: { left: 1 } },
      again: null,
    });
  });

  test("a call with on_timeout: :cancel ends the child it gives up", async () => {
    const durable = await here.working(all);
    const run = await durable.start(named("gives_up"), {});
    expect(await run.result()).toEqual({ answer: ["ok", "gone"] });
    const [child] = await durable.listChildren(run.id);
    expect((await durable.ended(child!.id)).status).toBe("cancelled");
  });
});
