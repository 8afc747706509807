/** The order system, as the compiler would emit it. */
import { error, ok } from "@durablec/runtime";
import { machineOf, resume, step } from "./machines.ts";

export const Payment = machineOf("Shop.Payment", {
  process: step(null, (io) => {
    io.putContext("payment_id", `pay_${Math.floor(io.random() * 10_000)}`);
    return io.putContext("charged", io.input().amount);
  }),
});

export const Email = machineOf("Shop.Email", {
  deliver: step(null, (io) => io.putContext("delivered", true)),
});

export const Order = machineOf(
  "Shop.Order",
  {
    validate: step("charge_payment", (io) => io.putContext("total", io.input().total), { pure: true }),
    charge_payment: step("send_confirmation", (io, data) =>
      io.callWorkflow(
        Payment,
        { amount: data.total },
        {
          ref: "payment",
          timeoutMs: 3_600_000,
          resume: "charge_payment@call:payment",
        },
      ),
    ),
    "charge_payment@call:payment": resume("charge_payment", (_io, data, _saved, received) =>
      received[0] === "ok" ? ok({ ...data, payment_id: received[1].payment_id }) : error(received[1]),
    ),
    send_confirmation: step("complete", (io, data) => {
      const [, id] = io.startWorkflow(
        Email,
        { to: "a@b.c" },
        { ref: "confirmation_email", site: "send_confirmation@start" },
      );
      return ok({ ...data, email_workflow_id: id });
    }),
    complete: step(null, (_io, data) => ok({ ...data, status: "completed" }), { pure: true }),
  },
  { children: () => [Payment, Email] },
);
