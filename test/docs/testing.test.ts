import { readFileSync } from "node:fs";
import { createTestDurable } from "@durablec/runtime/testing";
import { expect, test, vi } from "vitest";
import { Order, Payment } from "../../generated/orders/orders.js";

// docs/testing.md shows this test; the next one holds it to that.
test("an order is paid once, however often the bank is busy", async () => {
  const charge = vi.fn().mockReturnValueOnce(["error", "busy"]).mockReturnValue(["ok", "pay_1"]);
  const sendReceipt = vi.fn();
  const durable = await createTestDurable({
    workflows: [Order],
    modules: { Bank: { charge }, Courier: { book: async () => "trip-1" }, Mailer: { sendReceipt } },
  });

  const lines = [{ name: "cup", price: 8.5, quantity: 4 }];
  const run = await durable.start(Order, { id: "order-1", email: "ann@example.com", lines });
  await durable.advance(60 * 60 * 1000); // an hour in which no courier comes
  await durable.sendEvent(run.id, "picked_up", { courier: "Bo" });
  const { receipt_workflow_id, ...order } = await run.result();
  await durable.runToEnd(receipt_workflow_id);

  expect(order).toMatchObject({ total: 34, payment_id: "pay_1", trip: "trip-1", courier: "Bo", status: "completed" });
  expect(charge).toHaveBeenCalledTimes(2);
  expect(sendReceipt).toHaveBeenCalledWith("ann@example.com", "order-1", 34);
  await durable.close();
});

test("the page on testing shows the test above as it is", () => {
  const here = readFileSync(import.meta.filename, "utf8");
  const shown = here.slice(here.indexOf('test("an order'), here.indexOf('\n\ntest("the page'));
  expect(readFileSync(new URL("../../docs/testing.md", import.meta.url), "utf8")).toContain(shown);
});

test("each test has fakes of its own, what they return is checked, and the real module is out of reach", async () => {
  const input = { order_id: "order-1", amount: 1 };
  const ends = await Promise.all(
    [{ charge: () => ["ok", "pay_1"] }, { charge: () => 7 }, {}].map(async (bank) => {
      const durable = await createTestDurable({ workflows: [Payment], modules: { Bank: bank } });
      const run = await durable.start(Payment, input);
      const { result, error } = await durable.runToEnd(run.id);
      await durable.close();
      return error === null ? result : [error.type, error.message];
    }),
  );
  expect(ends).toEqual([
    { ...input, payment_id: "pay_1" },
    ["foreign_type_mismatch", expect.stringContaining("Bank.charge returned what its TypeScript type does not allow")],
    ["Error", "Bank.charge was called, and the test's fake of Bank has no charge"],
  ]);
});

test("a fake that would never be called is refused", async () => {
  await expect(createTestDurable({ workflows: [Order], modules: { Mailr: {} } })).rejects.toMatchObject({
    code: "unknown_module",
    help: "They call: Courier, Bank, Mailer.",
  });
  const misnamed = { Mailer: { send_receipt: () => {} } };
  await expect(createTestDurable({ workflows: [Order], modules: misnamed })).rejects.toMatchObject({
    code: "unknown_function",
    help: "It exports: sendReceipt.",
  });
});
