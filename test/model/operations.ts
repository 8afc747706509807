/** What can happen to executions, as data: drawn by chance, carried out on the store and on the model alike. */
import fc from "fast-check";
import { BLOCKS } from "./machines.ts";

/** How a segment that somebody holds comes out. Times are in ticks. */
export type Outcome =
  | { readonly is: "ok" }
  | { readonly is: "error" }
  | { readonly is: "sleep"; readonly ticks: number }
  | {
      readonly is: "event";
      readonly mode: "one" | "any" | "all";
      readonly names: readonly string[];
      readonly ticks: number | null;
    }
  | { readonly is: "input"; readonly ticks: number | null; readonly fails: boolean }
  | { readonly is: "call"; readonly ref: string; readonly ticks: number | null; readonly cancels: boolean }
  | { readonly is: "start"; readonly ref: string };

/** Numbers choose among what there is at the time, round and round. */
export type Operation =
  /** With a block, the place of it in `BLOCKS`. */
  | { readonly do: "start"; readonly block: number | null }
  | { readonly do: "claim"; readonly worker: number; readonly limit: number }
  | {
      readonly do: "run";
      readonly which: number;
      /** Of several that run side by side. */
      readonly line: number;
      readonly outcome: Outcome;
      readonly answerLost: boolean;
    }
  | { readonly do: "send"; readonly to: number; readonly name: string; readonly event: number }
  | { readonly do: "answer"; readonly to: number }
  | { readonly do: "cancelWait"; readonly to: number }
  | { readonly do: "cancel"; readonly to: number }
  | { readonly do: "cascade" }
  | { readonly do: "crash"; readonly worker: number }
  /** The lease is over, and the worker does not know. */
  | { readonly do: "lose"; readonly worker: number }
  | { readonly do: "retire"; readonly worker: number }
  | { readonly do: "advance"; readonly ticks: number };

const small = fc.nat(7);
const worker = fc.nat(1);
const timeout = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null });
const names = fc.uniqueArray(fc.constantFrom("x", "y"), { minLength: 1, maxLength: 2 });
const ref = fc.constantFrom("r", "s");
const block = fc.option(fc.nat(BLOCKS.length - 1), { nil: null });

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant("ok" as const) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("error" as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("sleep" as const), ticks: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant("event" as const),
      mode: fc.constantFrom("any" as const, "all" as const),
      names,
      ticks: timeout,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("event" as const),
      mode: fc.constant("one" as const),
      names: fc.constantFrom(["x"], ["y"]),
      ticks: timeout,
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("input" as const), ticks: timeout, fails: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ is: fc.constant("call" as const), ref, ticks: timeout, cancels: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("start" as const), ref }) },
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant("start" as const), block }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("claim" as const), worker, limit: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant("run" as const),
      which: small,
      line: fc.nat(1),
      outcome,
      answerLost: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      to: small,
      name: fc.constantFrom("x", "y"),
      event: small,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("answer" as const), to: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancelWait" as const), to: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), to: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cascade" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("crash" as const), worker }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose" as const), worker }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("retire" as const), worker }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("advance" as const), ticks: fc.integer({ min: 1, max: 2 }) }) },
);

export const operations: fc.Arbitrary<readonly Operation[]> = fc.array(operation, { maxLength: 60, size: "max" });
