/** Which way an execution takes: branches by a value, decisions by a goto. */
import type { Durable, Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { app } from "../defects/app.ts";

const { here, compiled } = app();

const items = `
  workflow "by_atom" do
    step :classify, fn data ->
      put_context(:kind, data["kind"])
      {:ok, %{}}
    end
    branch on: fn _data -> get_context(:kind) end do
      :invoice ->
        step :read_invoice, fn data -> {:ok, assign(data, :read, ["invoice"])} end
        step :book_invoice, fn data -> {:ok, assign(data, :read, data["read"] ++ ["booked for " <> get_context(:kind)])} end
      :contract ->
        step :read_contract, fn data ->
          put_context(:seen, true)
          {:ok, assign(data, :read, ["contract"])}
        end
      _ ->
        step :read_other, fn data -> {:ok, assign(data, :read, ["other"])} end
    end
    step :after_block, fn data -> {:ok, assign(data, :after, true)} end
  end

  workflow "no_default" do
    branch on: fn data -> data["kind"] end do
      "known" -> step :known, fn data -> {:ok, assign(data, :ran, "known")} end
    end
    step :last, fn data -> {:ok, assign(data, :last, true)} end
  end

  workflow "by_value" do
    branch on: fn data -> data["value"] end do
      1 -> step :one, fn _data -> {:ok, %{ran: "one"}} end
      2 -> step :two, fn _data -> {:ok, %{ran: "two"}} end
      true -> step :yes, fn _data -> {:ok, %{ran: "true"}} end
      false -> step :no, fn _data -> {:ok, %{ran: "false"}} end
      nil -> step :nothing, fn _data -> {:ok, %{ran: "nil"}} end
      "text" -> step :text, fn _data -> {:ok, %{ran: "text"}} end
      _ -> step :other, fn _data -> {:ok, %{ran: "other"}} end
    end
  end

  workflow "no_nil" do
    branch on: fn data -> data["value"] end do
      "a" -> step :a, fn _data -> {:ok, %{ran: "a"}} end
      _ -> step :other, fn _data -> {:ok, %{ran: "other"}} end
    end
    branch on: fn data -> if data["value"] == "odd", do: {:error, "no kind"}, else: "fine" end do
      "fine" -> step :fine, fn data -> {:ok, assign(data, :fine, true)} end
    end
  end

  workflow "raises" do
    branch on: fn data -> data["list"] |> Enum.count() end do
      0 -> step :none, fn _data -> {:ok, %{}} end
      _ -> step :some, fn _data -> {:ok, %{}} end
    end
  end

  workflow "amounts" do
    decision :route, fn data ->
      put_context(:routed, true)
      cond do
        data["amount"] > 1000 -> {:goto, :manager, assign(data, :route, "manager")}
        data["amount"] > 100 -> {:goto, :auto, assign(data, :route, "auto")}
        true -> {:ok, assign(data, :route, "straight on")}
      end
    end
    step :check, fn data -> {:ok, assign(data, :checked, true)} end
    step :auto, fn data -> {:ok, assign(data, :auto, get_context(:routed))} end
    step :manager, fn data -> {:ok, assign(data, :manager, true)} end
  end

  workflow "hops" do
    decision :first, fn data -> {:goto, :second, assign(data, :hops, ["first"])} end
    step :left_out, fn data -> {:ok, assign(data, :hops, ["never"])} end
    decision :second, fn data -> {:goto, :last, append(data, :hops, "second")} end
    step :left_out_too, fn data -> {:ok, assign(data, :hops, ["never"])} end
    step :last, fn data -> {:ok, append(data, :hops, "last")} end
  end

  workflow "anywhere" do
    step :before, fn _data -> {:ok, %{}} end
    decision :jump, fn data -> data["go"] end
    step :behind, fn _data -> {:ok, %{}} end
  end

  workflow "breaks" do
    decision :jump, fn _data -> raise "broken" end
  end
`;

let machines: { readonly [workflow: string]: Machine };
let durable: Durable;
beforeAll(async () => {
  machines = await compiled(items);
});
const run = async (workflow: string, input: object) => {
  durable = await here.working(Object.values(machines));
  return await durable.ended((await durable.start(machines[workflow]!, input)).id);
};
const steps = async (id: string) => (await durable.history(id)).map(({ step }) => step);

describe("a branch", () => {
  test.each([
    ["invoice", ["invoice", "booked for invoice"]],
    ["contract", ["contract"]],
    ["letter", ["other"]],
  ])("runs the steps of the clause for %s in order, and then what follows the block", async (kind, read) => {
    const { result } = await run("by_atom", { kind });
    expect(result).toMatchObject({ read, after: true });
    expect(result!.seen).toBe(kind === "contract" ? true : undefined);
  });

  test("without a clause that fits is passed by", async () => {
    expect((await run("no_default", { kind: "unknown" })).result).toEqual({ kind: "unknown", last: true });
    expect((await run("no_default", { kind: "known" })).result).toMatchObject({ ran: "known", last: true });
  });

  test.each([
    [1, "one"],
    [2, "two"],
    [3, "other"],
    [true, "true"],
    [false, "false"],
    [null, "nil"],
    ["text", "text"],
    ["1", "other"],
    [0, "other"],
    [1.0, "one"],
  ])("of %j takes the clause %s", async (value, ran) => {
    expect((await run("by_value", { value })).result).toEqual({ value, ran });
  });

  test("of nil takes the clause for the rest when there is none for nil", async () => {
    expect((await run("no_nil", {})).result).toMatchObject({ ran: "other", fine: true });
  });

  test("whose condition gives {:error, _} has a value like any other", async () => {
    expect((await run("no_nil", { value: "odd" })).result).toEqual({ value: "odd", ran: "other" });
  });

  test("whose condition raises fails the workflow", async () => {
    expect(await run("raises", { list: 7 })).toMatchObject({ status: "failed", error: { type: "branch_error" } });
  });
});

describe("a decision", () => {
  test.each([
    [5000, { route: "manager", manager: true }, ["route", "manager"]],
    [500, { route: "auto", auto: true, manager: true }, ["route", "auto", "manager"]],
    [50, { route: "straight on", checked: true, auto: true, manager: true }, ["route", "check", "auto", "manager"]],
  ])("over %d goes its way, and from its target on everything follows", async (amount, expected, ran) => {
    const { id, result } = await run("amounts", { amount });
    expect(result).toEqual({ amount, routed: true, ...expected });
    expect(await steps(id)).toEqual(ran);
  });

  test("says in the history where it went", async () => {
    const jumped = await run("amounts", { amount: 5000 });
    expect((await durable.history(jumped.id))[0]).toMatchObject({
      kind: "decision",
      output: { decision_type: "goto", target_step: "manager", data: { route: "manager" } },
    });
    const went = await run("amounts", { amount: 1 });
    expect((await durable.history(went.id))[0]!.output).toMatchObject({ decision_type: "continue" });
  });

  test("may lead to another decision, over several steps", async () => {
    expect((await run("hops", {})).result).toEqual({ hops: ["first", "second", "last"] });
  });

  test.each([
    ["nowhere", "does not exist"],
    ["jump", "cannot jump to itself"],
    ["before", "backwards"],
  ])("to %s fails the workflow, and is not tried again", async (to, words) => {
    const { status, error } = await run("anywhere", { go: ["goto", to, {}] });
    expect([status, error!.type, error!.from_step, error!.target_step]).toEqual([
      "failed",
      "decision_error",
      "jump",
      to,
    ]);
    expect(error!.message).toContain(words);
  });

  test("that raises has failed like any step", async () => {
    expect(await run("breaks", {})).toMatchObject({ status: "failed", error: { message: "broken" } });
  });
});
