/**
 * A workflow of ten thousand steps and a wait, as a generated module would have it, but not written out: its first step goes
 * to where so many are left.
 */
import { defineMachine, type Io, type Machine, ok, type State } from "@durablec/runtime";
import { touch } from "./work.ts";

const STEPS = 10_000;

const states: { [id: string]: State } = {
  enter: {
    kind: "decision",
    name: "enter",
    line: 1,
    next: "step_1",
    gotos: Object.fromEntries(Array.from({ length: STEPS }, (_, n) => [`step_${n + 1}`, `step_${n + 1}`])),
    run: (_io, data) => ["goto", `step_${STEPS - data.steps + 1}`, data],
  },
};
for (let n = 1; n <= STEPS; n++) {
  const next = n === STEPS ? "wait" : `step_${n + 1}`;
  states[`step_${n}`] = {
    kind: "step",
    name: `step_${n}`,
    line: n + 1,
    next,
    run: async (_io, data) => ok({ ...data, n: await touch(data.n) }),
  };
}
states.wait = {
  kind: "step",
  name: "wait",
  line: STEPS + 2,
  next: null,
  run: (io: Io) => io.waitForEvent("go", { resume: "wait@event:go" }),
};
states["wait@event:go"] = {
  kind: "resume",
  step: "wait",
  line: STEPS + 2,
  run: async (_io, data) => ok({ ...data, n: await touch(data.n) }),
};

export const long: Machine = defineMachine({
  module: "Bench.Long",
  workflow: "long",
  source: "workflows/long.ts",
  fingerprint: "long",
  start: "enter",
  states,
  events: ["go"],
  resumeKeys: Object.fromEntries(Object.keys(states).map((id) => [id, `Bench.Long/${id}`])),
});
