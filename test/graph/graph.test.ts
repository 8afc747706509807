import { describe, expect, it } from "vitest";
import { drawCalls, drawWorkflows } from "../../compiler/graph/drawing.ts";
import { toDot } from "../../compiler/graph/dot.ts";
import type { WorkflowGraph } from "../../compiler/graph/graph.ts";
import { toMermaid } from "../../compiler/graph/mermaid.ts";
import { toSvg } from "../../compiler/graph/svg.ts";
import { graphOf } from "../../compiler/graph/workflow-graph.ts";
import { checkText } from "../check/program.ts";

/** The graphs of a text's workflows, each `use`d module included. */
function graphs(text: string): WorkflowGraph[] {
  const { program } = checkText(text);
  return [...program.resolved.modules.values()].flatMap(({ workflows }) =>
    workflows.map((workflow) => graphOf(workflow, program)),
  );
}

/** `a -> b`, `a -goto-> b`, `a -[label]-> b`, and `a: note` for each note: what there is to see, in a line each. */
function seen(items: string): string[] {
  const [graph] = graphs(`workflow "seen" do\n${items}\nend\n${others}`);
  const { nodes, edges } = graph!;
  return [
    ...nodes.flatMap(({ id, notes }) => notes.map((note) => `${id}: ${note}`)),
    ...edges.map(({ from, to, kind, label }) => {
      const words = [...(kind === "next" ? [] : [kind]), ...label].join(", ");
      return `${from} ${words === "" ? "" : `-${words}`}-> ${to}`;
    }),
  ];
}

const others = `
defmodule Tea.Table do
  use Durable
  workflow "table" do
    step :serve, fn _data -> :ok end
  end
end
`;

const done = "fn data -> {:ok, data} end";

describe("what a graph shows", () => {
  it("steps one after the other", () => {
    expect(seen(`step :a, ${done}\nstep :b, ${done}`)).toEqual(["@start -> a", "a -> b", "b -> @end"]);
  });

  it("a start that is the end, of a workflow without steps", () => {
    expect(seen("")).toEqual(["@start -> @end"]);
  });

  it("the clauses of a branch, with their conditions, and the way past those that do not take everything", () => {
    const branch = `branch on: fn data -> data["kind"] end do
      "a" ->
        step :a, ${done}
      n when n == 2 ->
        step :b, ${done}
    end
    step :last, ${done}`;
    expect(seen(branch)).toEqual([
      "@start -> branch:a",
      'branch:a -"a"-> a/a',
      "branch:a -n when n == 2-> n/b",
      "a/a -> last",
      "n/b -> last",
      "branch:a -otherwise-> last",
      "last -> @end",
    ]);
  });

  it("no way past clauses that take every value", () => {
    const branch = `branch on: fn data -> data["x"] == 1 end do
      true ->
        step :yes, ${done}
      false ->
        step :no, ${done}
    end`;
    expect(seen(branch).filter((line) => line.startsWith("branch"))).toEqual([
      "branch:yes -true-> true/yes",
      "branch:yes -false-> false/no",
    ]);
  });

  it("where a decision leads", () => {
    const decision = `decision :pick, fn data -> if data["x"], do: {:goto, :b, data}, else: {:ok, data} end
    step :a, ${done}
    step :b, ${done}`;
    expect(seen(decision)).toContain("pick -goto-> b");
    expect(seen(decision)).toContain("pick -> a");
  });

  it("no way on from a decision that always jumps, or a step that always fails", () => {
    const decision = `decision :pick, fn data -> {:goto, :b, data} end\nstep :b, ${done}`;
    expect(seen(decision).filter((line) => line.startsWith("pick"))).toEqual(["pick -goto-> b"]);
    expect(seen(`step :no, fn _data -> {:error, "no"} end`)).toEqual(["no: always fails", "@start -> no"]);
  });

  it("the branches of a parallel block, how it runs, and where they meet", () => {
    const parallel = `parallel run: :queued, on_error: :complete_all do
      step :a, [returns: :first], ${done}
      step :b, ${done}
    end`;
    expect(seen(parallel)).toEqual([
      "parallel:a: queued",
      "parallel:a: all run to their end",
      "a: returns first",
      "@start -> parallel:a",
      "parallel:a -> a",
      "parallel:a -> b",
      "a -> parallel:a@join",
      "b -> parallel:a@join",
      "parallel:a@join -> @end",
    ]);
  });

  it("what is waited for, how long, and in which functions", () => {
    const steps = `step :wait, fn data ->
      sleep(minutes(30))
      wait_for_any(["paid", :cancelled], timeout: hours(2), timeout_value: nil)
      for name <- data["names"], do: wait_for_approval(name)
      {:ok, data}
    end`;
    expect(seen(steps).slice(0, 3)).toEqual([
      "wait: sleeps 30 minutes",
      'wait: waits for any of "paid", "cancelled", timeout 2 hours',
      'wait: asks for the approval "name", in a loop',
    ]);
    const [graph] = graphs(`defmodule A do
      use Durable
      use Durable.Wait
      workflow "a" do
        step :ask, fn _data -> {:ok, %{a: ask(), b: ask()}} end
      end
      defp ask(), do: wait_for_event("answer")
    end`);
    expect(graph!.nodes.find(({ id }) => id === "ask")?.notes).toEqual(['waits for "answer"']);
  });

  it("retries, timeouts and queues", () => {
    const options = "[retry: [max_attempts: 3, backoff: :linear], timeout: minutes(5), queue: :mail]";
    expect(seen(`step :a, ${options}, ${done}`).slice(0, 3)).toEqual([
      "a: up to 3 attempts, linear",
      "a: timeout 5 minutes",
      "a: queue mail",
    ]);
  });

  it("children that are called and started, under their refs", () => {
    const steps = `step :a, fn data ->
      call_workflow(Tea.Table, %{}, timeout: minutes(3))
      start_workflow(Tea.Table, %{}, ref: :later)
      for n <- data["n"], do: call_workflow(Tea.Table, %{}, ref: "table_#{n}")
      :ok
    end`;
    expect(seen(steps).filter((line) => line.startsWith("a "))).toEqual([
      "a -call, ref table, timeout 3 minutes-> Tea.Table/table",
      "a -start, ref later-> Tea.Table/table",
      'a -call, ref "table_#{n}", in a loop-> Tea.Table/table',
      "a -> @end",
    ]);
  });

  it("what undoes a step", () => {
    const steps = `step :a, [compensate: :undo_a], ${done}\ncompensate :undo_a, [timeout: minutes(1)], ${done}`;
    expect(seen(steps)).toContain("a -undo-> @compensate:undo_a");
    expect(seen(steps)).toContain("@compensate:undo_a: timeout 1 minute");
  });

  it("schedules and limits of the workflow itself", () => {
    const [graph] = graphs(`defmodule A do
      use Durable
      @schedule cron: "0 9 * * *"
      workflow "a", timeout: hours(2), max_retries: 2 do
        step :a, ${done}
      end
    end`);
    expect(graph!.notes).toEqual(["starts at 0 9 * * *", "each step up to 3 attempts", "timeout 2 hours"]);
  });

  it("a workflow with mistakes in it, too", () => {
    expect(seen(`step :a, fn data -> {:ok, dato} end\nstep :b, fn _ -> nowhere() end`)).toContain("a -> b");
  });

  it("where each node stands in the source", () => {
    const [graph] = graphs(`workflow "a" do\n  step :here, ${done}\nend`);
    const { location } = graph!.nodes.find(({ id }) => id === "here")!;
    const { source, span } = location!;
    expect(source.text.slice(span.start, span.end)).toContain("here");
  });
});

const nasty = `workflow "nasty" do
  branch on: fn data -> data["a"] <> "<b>&amp;|\`x\`" end do
    "\\"];n1-->n2;click <script>" ->
      step :a, ${done}
  end
end
`;

describe("the formats", () => {
  const both = graphs(`workflow "shop" do
    step :serve, fn _data ->
      call_workflow(Tea.Table, %{})
      :ok
    end
  end
  ${others}`);

  it("mermaid: a sheet of workflows, a call leading to the start of the other", () => {
    expect(toMermaid(drawWorkflows(both))).toBe(`flowchart TD
  subgraph w1["Case shop"]
    n1(["start"])
    n2["serve"]
    n3(["end"])
  end
  subgraph w2["Tea.Table table"]
    n4(["start"])
    n5["serve"]
    n6(["end"])
  end
  n1 --> n2
  n2 -.->|"calls<br/>ref table"| n4
  n2 --> n3
  n4 --> n5
  n5 --> n6
`);
  });

  it("a workflow alone, its child a node", () => {
    expect(toMermaid(drawWorkflows(both.slice(0, 1)))).toContain('[["<b>Tea.Table</b><br/>table"]]:::child');
  });

  it("who calls whom", () => {
    expect(toMermaid(drawCalls(both))).toContain('n1 -.->|"calls<br/>ref table"| n2');
  });

  it("mermaid takes no text of the source for its own syntax", () => {
    const text = toMermaid(drawWorkflows(graphs(nasty)));
    for (const line of text.split("\n")) expect(line.match(/"/g)?.length ?? 0).toBeOneOf([0, 2]);
    expect(text).not.toContain("<script");
    expect(text).not.toContain("`");
  });

  it("svg shows such text as it is written", async () => {
    const svg = await toSvg(drawWorkflows(graphs(nasty)));
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain("<script");
    expect(svg).toContain("click &lt;script&gt;");
    expect(svg).toContain("&lt;b&gt;&amp;amp;|`x`");
  });

  it("svg is drawn with every node and edge, the same each time", async () => {
    const drawing = drawWorkflows(both);
    const svg = await toSvg(drawing);
    expect(svg.match(/<g id="node/g)).toHaveLength(6);
    expect(svg.match(/<g id="edge/g)).toHaveLength(5);
    expect(await toSvg(drawing)).toBe(svg);
    expect(toDot(drawing)).toBe(toDot(drawing));
  });
});
