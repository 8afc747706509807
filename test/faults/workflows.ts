/** A workflow that goes through everything a crash could spoil; every segment says that it ran. */
import { appendFileSync } from "node:fs";
import { type Body, error, type Io, ok, type State } from "@durablec/runtime";
import { machineOf, resume, step } from "../runtime/machines.ts";

/** One line for each time a segment runs: `execution segment`. */
function effect(io: Io, segment: string): void {
  appendFileSync(process.env.EFFECTS ?? "/dev/null", `${io.workflowId()} ${segment}\n`);
}

/** A short turn of the event loop, so that a kill has something to hit. */
function foreign(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** A body that says it ran, calls something foreign, and goes on. */
function noted(segment: string, body: Body): Body {
  return async (io, data, saved, received) => {
    effect(io, segment);
    await foreign();
    return body(io, data, saved, received);
  };
}

const Payment = machineOf("Fault.Payment", {
  reserve: step(
    "charge",
    noted("reserve", () => ok({ reserved: true })),
  ),
  charge: step(
    null,
    noted("charge", (io) => ok({ payment_id: `pay_${io.input().amount}` })),
  ),
});

const Email = machineOf("Fault.Email", {
  deliver: step(
    null,
    noted("deliver", () => ok({ delivered: true })),
  ),
});

const Slow = machineOf("Fault.Slow", {
  nap: step(null, (io) => io.sleep(600_000, { resume: "nap@sleep" })),
  "nap@sleep": resume("nap", () => "ok"),
});

const Label = machineOf("Fault.Label", {
  // Its first attempt always fails, so that the parent has to take it over once more.
  print: step(
    null,
    noted("print", async (io) => ((await attempts(io)) < 2 ? error("jam") : ok({ label: io.input().n }))),
    {
      retry: { maxAttempts: 50, backoff: "constant", base: 30 },
    },
  ),
});

/** How often this process has seen the execution; enough to fail once. */
async function attempts(io: Io): Promise<number> {
  const seen = (known.get(io.workflowId()) ?? 0) + 1;
  known.set(io.workflowId(), seen);
  return seen;
}
const known = new Map<string, number>();

const pack: State = {
  kind: "parallel",
  line: 1,
  mode: "inline",
  onError: "fail_fast",
  branches: { label: "pack/label", box: "pack/box" },
  next: "notify",
};

/** Ends with the same result whatever happens to its workers. */
export const Order = machineOf(
  "Fault.Order",
  {
    validate: step(
      "pay",
      noted("validate", (io) => io.putContext("total", io.input().total)),
      { pure: false },
    ),
    pay: step(
      "nap",
      noted("pay", (io, data) =>
        io.callWorkflow(Payment, { amount: data.total }, { ref: "payment", resume: "pay@payment" }),
      ),
    ),
    "pay@payment": resume(
      "pay",
      noted("pay@payment", (_io, _data, _saved, received) =>
        received[0] === "ok" ? ok({ payment_id: received[1].payment_id }) : error(received[1]),
      ),
    ),
    nap: step("pack", (io) => io.sleep(20, { resume: "nap@sleep" }), { pure: true }),
    "nap@sleep": resume(
      "nap",
      noted("nap@sleep", () => ok({ napped: true })),
    ),
    pack,
    "pack/label": step(
      null,
      noted("pack/label", (io, data) =>
        io.callWorkflow(Label, { n: data.total }, { ref: "label", resume: "pack/label@call" }),
      ),
    ),
    "pack/label@call": resume("pack/label", (_io, _data, _saved, received) => ok({ label: received[1].label })),
    "pack/box": step(
      null,
      noted("pack/box", () => ok({ box: "L" })),
    ),
    notify: step(
      "ask",
      noted("notify", (io) => {
        io.startWorkflow(Email, { to: "a@b.c" }, { ref: "email", site: "notify@start" });
        return ok({ packed: io.parallelResults() });
      }),
    ),
    ask: step("complete", (io) =>
      io.callWorkflow(Slow, {}, { ref: "slow", timeoutMs: 20, onTimeout: "cancel", resume: "ask@slow" }),
    ),
    "ask@slow": resume(
      "ask",
      noted("ask@slow", (_io, _data, _saved, received) => ok({ asked: received })),
    ),
    complete: step(null, () => ok({ status: "completed" }), { pure: true }),
  },
  { children: () => [Payment, Email, Slow, Label] },
);

/** What an order ends with. */
export function expectedResult(total: number): object {
  return {
    total,
    payment_id: `pay_${total}`,
    napped: true,
    packed: { label: ["ok", { label: total }], box: ["ok", { box: "L" }] },
    asked: ["ok", "child_timeout"],
    status: "completed",
  };
}

/** The children of an order by ref, and how each ends. */
export const expectedChildren = { payment: "completed", email: "completed", slow: "cancelled", label: "completed" };
