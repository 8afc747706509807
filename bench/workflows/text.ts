/** The workflows of the benchmark, as text. */

const USES = ["Durable", "Durable.Helpers", "Durable.Orchestration", "Durable.Wait"];

const TOUCH = "{:ok, assign(data, :n, Work.touch(data.n))}";

/** `chain_<n>`: so many steps one after the other, each calling TypeScript. */
export function chain(steps: number): string {
  const all = Array.from({ length: steps }, (_, n) => step(`step_${n + 1}`, TOUCH));
  return workflow(`Bench.Chain${steps}`, `chain_${steps}`, all);
}

/** `child`: calls `chain_1` and awaits it. */
export function child(): string {
  const call = `call_workflow(Bench.Chain1, %{n: data.n, text: data.text},
             ref: :child,
             timeout: :infinity
           )`;
  const body = `n = Work.touch(data.n)
      case ${call} do
        {:ok, result} -> {:ok, assign(data, :n, Work.touch(n + result.n))}
        {:error, reason} -> {:error, reason}
      end`;
  return workflow("Bench.Child", "child", [step("call", body)]);
}

/** `pair`: two steps, for the time between them. */
export function pair(): string {
  return workflow("Bench.Pair", "pair", [step("first", TOUCH), step("second", TOUCH)]);
}

/** `event`: a step, a wait for `go`, a step. */
export function event(): string {
  const waits = `wait_for_event("go", timeout: :infinity)
      ${TOUCH}`;
  return workflow("Bench.Event", "event", [step("first", TOUCH), step("second", waits)]);
}

/** `nap`: sleeps for a year. */
export function nap(): string {
  return workflow("Bench.Nap", "nap", [step("sleeps", "sleep(days(365))\n      {:ok, data}")]);
}

/** `fan_<n>`: runs so many executions of one step each at the same time, and awaits them all. */
export function fan(children: number): string {
  const steps = Array.from({ length: children }, (_, n) => step(`child_${n + 1}`, TOUCH));
  const inside = steps.join("\n\n").replace(/^(?=.)/gm, "  ");
  return workflow(`Bench.Fan${children}`, `fan_${children}`, [`    parallel run: :queued do\n${inside}\n    end`]);
}

function workflow(module: string, name: string, items: readonly string[]): string {
  const uses = USES.map((used) => `  use ${used}`).join("\n");
  return `defmodule ${module} do
${uses}

  import Work, from: "../work"

  workflow "${name}", input: %{n: integer(), text: String.t()} do
${items.join("\n\n")}
  end
end
`;
}

function step(name: string, body: string): string {
  return `    step :${name}, fn data ->
      ${body}
    end`;
}
