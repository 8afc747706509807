import type { Durable } from "@durablec/runtime";
import { createDurable } from "@durablec/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Order } from "./orders.ts";

describe("an order with a payment child that is called and an email child that is started", () => {
  let durable: Durable;
  beforeAll(async () => {
    durable = await createDurable({ workflows: [Order] });
    await durable.work();
  });
  afterAll(() => durable.close());

  test("completes with what the payment gave and the email's id", async () => {
    const run = await durable.start(Order, { id: "order_123", total: 99.99 });
    const result = await run.result({ timeoutMs: 10_000 });
    expect(result).toEqual({
      id: "order_123",
      total: 99.99,
      payment_id: expect.stringMatching(/^pay_\d+$/),
      email_workflow_id: expect.any(String),
      status: "completed",
    });
  });
});
