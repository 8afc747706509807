/**
 * The shop's app. It places one order and works until that has ended; started again, it carries on where it was.
 *
 *   app.ts            place the order (or carry on), and wait
 *   app.ts picked-up  the same, and tell the order that the courier has been there
 */
import { createDurable } from "@durablec/runtime";
import { Order, Receipt } from "../../generated/orders/orders.js";

const order = {
  id: "order-1042",
  email: "ann@example.com",
  lines: [
    { name: "teapot", price: 24.9, quantity: 1 },
    { name: "cup", price: 8.5, quantity: 4 },
  ],
};

// A Postgres URL in production; a directory, or nothing for memory, while you try things out.
const durable = await createDurable({ database: process.env.SHOP_DATABASE ?? "memory", workflows: [Order] });
const worker = await durable.work();
console.log(`app     worker ${process.pid} is up`);

const run = await durable.start(Order, order, { id: order.id });
if (process.argv.includes("picked-up")) await durable.sendEvent(run.id, "picked_up", { courier: "Bo" });

const result = await run.result();
console.log(`app     ${run.id} is ${result.status}: paid by ${result.payment_id}, taken by ${result.courier}`);

const [receipt] = (await durable.listChildren(run.id)).filter((child) => child.workflow === Receipt.workflow);
if (receipt !== undefined) await durable.ended(receipt.id);
await worker.stop();
await durable.close();
