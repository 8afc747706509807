/** Workflows that call and start others: how each kind of end reaches the parent, and what a cancel takes with it. */
import type { Machine } from "@durablec/runtime";
import { beforeAll, expect, test } from "vitest";
import { app } from "../defects/app.ts";

const { here, compiled } = app();

const items = `
  workflow "grandparent" do
    step :call, fn data ->
      {:ok, result} = call_workflow(App, data, workflow: "parent", ref: :parent)
      {:ok, %{from_parent: result}}
    end
  end

  workflow "parent" do
    step :call, fn data ->
      outcome = call_workflow(App, data, workflow: "child", ref: :child)
      {:ok, %{outcome: outcome}}
    end
    step :after_call, fn data -> {:ok, assign(data, :after, true)} end
  end

  workflow "child" do
    step :work, fn data ->
      if data["fail"], do: {:error, %{type: "broken", message: "on purpose", part: 7}}, else: {:ok, %{worked: data["n"]}}
    end
  end

  workflow "starter" do
    step :start, fn _data ->
      {:ok, first} = start_workflow(App, %{n: 1}, workflow: "child", ref: :first)
      {:ok, second} = start_workflow(App, %{n: 2}, workflow: "sleeper", ref: :second)
      {:ok, %{first: first, second: second}}
    end
    step :wait, fn data -> {:ok, assign(data, :go, wait_for_event("go", timeout: :infinity))} end
  end

  workflow "sleeper" do
    step :nap, fn _data ->
      wait_for_event("wake", timeout: :infinity)
      {:ok, %{}}
    end
  end

`;

let machines: { readonly [workflow: string]: Machine };
beforeAll(async () => {
  machines = await compiled(items);
});

test("a result goes up through all levels", async () => {
  const durable = await here.working(Object.values(machines));
  const run = await durable.start(machines.grandparent!, { n: 3 });
  expect(await run.result()).toMatchObject({
    from_parent: { outcome: ["ok", { n: 3, worked: 3 }], after: true },
  });
  const [parent] = await durable.listChildren(run.id);
  expect(parent).toMatchObject({
    workflow: "parent",
    kind: "call",
    ref: "parent",
    status: "completed",
    parentId: run.id,
  });
  expect(await durable.listChildren(parent!.id)).toMatchObject([{ workflow: "child", rootId: run.id }]);
});

test("a failure is given to the parent as it was, and does not fail it", async () => {
  const durable = await here.working(Object.values(machines));
  const run = await durable.start(machines.parent!, { fail: true });
  expect(await run.result()).toMatchObject({
    outcome: ["error", { type: "broken", message: "on purpose", part: 7 }],
    after: true,
  });
});

test("started children live beside their parent; a cancel ends those that live and leaves those that ended", async () => {
  const durable = await here.working(Object.values(machines), { skipTime: false });
  const run = await durable.start(machines.starter!, {});
  await expect.poll(async () => (await durable.get(run.id))!.state).toBe("wait@event:go");
  const { first, second } = (await durable.get(run.id))!.data;
  expect(first).not.toBe(second);
  await durable.ended(first);
  await durable.cancel(run.id, "not needed");
  expect((await durable.ended(second)).error).toEqual({ type: "cancelled", message: "parent_cancelled" });
  expect(await durable.get(first)).toMatchObject({ status: "completed", result: { worked: 1 } });
  expect(await durable.listChildren(run.id, { status: "cancelled" })).toMatchObject([{ id: second, ref: "second" }]);
  expect(await durable.get(run.id)).toMatchObject({
    status: "cancelled",
    error: { type: "cancelled", message: "not needed" },
  });
});
