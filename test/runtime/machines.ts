/** Machines written by hand in the shape the compiler emits, small enough to see what a test is about. */
import { createHash } from "node:crypto";
import { type Body, type Data, defineMachine, type Machine, type State } from "@durablec/runtime";

type StepDefinition = Omit<Extract<State, { kind: "step" | "decision" }>, "kind" | "line" | "name" | "next"> & {
  readonly kind?: "step" | "decision";
  readonly name?: string;
  readonly next?: string | null;
};

/** A step state. */
export function step(next: string | null, run: Body, options: Partial<StepDefinition> = {}): State {
  return { kind: "step", name: "", line: 1, next, run, ...options };
}

/** A resume point of a step. */
export function resume(of: string, run: Body, pure = false): State {
  return { kind: "resume", step: of, line: 1, run, pure };
}

/** A machine of the given states; the first is where it starts, and steps without a name are named by their state. */
export function machineOf<Input = Data, Output = Data>(
  module: string,
  states: { readonly [id: string]: State },
  options: Partial<Machine<Input, Output>> = {},
): Machine<Input, Output> {
  const named = Object.entries(states).map(([id, state]) => {
    const nameless = (state.kind === "step" || state.kind === "decision") && state.name === "";
    return [id, nameless ? { ...state, name: id } : state] as const;
  });
  return defineMachine<Input, Output>({
    module,
    workflow: "main",
    source: `${module}.durable`,
    fingerprint: createHash("sha256")
      .update(JSON.stringify([module, Object.keys(states)]))
      .digest("hex"),
    start: Object.keys(states)[0] ?? null,
    states: Object.fromEntries(named),
    resumeKeys: Object.fromEntries(Object.keys(states).map((id) => [id, `${module}:${id}`])),
    ...options,
  });
}
