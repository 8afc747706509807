/** What an edit in one step finds again in others: what has to do with it, and no more. */
import { describe, expect, test } from "vitest";
import type { Step } from "../../compiler/ast/nodes.ts";
import { createSession, type Session } from "../../compiler/session.ts";
import { signatures } from "../check/program.ts";

const path = "flow.durable";

const text = `defmodule Flow do
  use Durable
  use Durable.Helpers

  workflow "flow", input: %{id: String.t()} do
    step :first, fn _data ->
      {:ok, %{kind: "a", size: 1}}
    end

    step :second, fn data ->
      {:ok, assign(data, :double, data.size * 2)}
    end

    step :third, fn data ->
      {:ok, assign(data, :name, data.id)}
    end

    step :fourth, fn data ->
      {:ok, assign(data, :both, "#{data.kind} #{data.double + 1}")}
    end
  end
end
`;

function newSession(...texts: readonly string[]): Session {
  const session = createSession({
    prelude: signatures,
    foreign: () => null,
    modules: new Map(),
    outputPath: (source) => source.path.replace(/\.durable$/, ".ts"),
  });
  for (const one of texts) {
    session.update(path, one);
    session.check();
  }
  return session;
}

/** Code and line of each diagnostic. */
function found(session: Session): string[] {
  return session
    .check()
    .get(path)!
    .map(({ code, location: { source, span } }) => {
      return `${code} ${source.text.slice(0, span.start).split("\n").length}`;
    });
}

/** By step, what stands for the check of its body. */
function checks(session: Session): ReadonlyMap<string, unknown> {
  const { program, files } = session.snapshot();
  const workflow = files.get(path)!.modules[0]!.items.find((item) => item.kind === "workflow")!;
  const steps = workflow.items.filter((item): item is Step => item.kind === "step");
  return new Map(steps.map((step) => [step.name.text, program.typeOf(step.body.clauses[0]!.body)]));
}

function checkedAgain(session: Session, now: string): string[] {
  const before = checks(session);
  session.update(path, now);
  const after = checks(session);
  return [...after.keys()].filter((step) => after.get(step) !== before.get(step));
}

const withKind = (kind: string) => text.replace('"a"', kind);
const withSize = (size: string) => text.replace("size: 1", `size: ${size}`);

describe("an edit in a step", () => {
  test("is checked again in that step alone when others only hand on what it is about", () => {
    const session = newSession(text, withKind('"aa"'));
    expect(checkedAgain(session, withKind('"aaa"'))).toEqual(["first", "fourth"]);
  });

  test("that changes nothing of what it gives leaves all others as they are", () => {
    expect(checkedAgain(newSession(text), text.replace("{:ok, %{kind", "# Here.\n      {:ok, %{kind"))).toEqual([
      "first",
    ]);
  });

  test("goes on as far as a type has changed, and is mended as far", () => {
    const session = newSession(text, withSize("2"), withSize("3"));
    expect(found(session)).toEqual([]);
    session.update(path, withSize('"big"'));
    expect(found(session)).toEqual(["type/bad-operand 11"]);
    session.update(path, withSize("4"));
    expect(found(session)).toEqual([]);
  });

  test("goes through steps that only hand on what it has changed", () => {
    const session = newSession(text, withKind('"aa"'), withKind('"aaa"'));
    const reading = text.replace("data.double + 1", "data.kind + 1");
    session.update(path, reading);
    expect(found(session)).toEqual(["type/bad-operand 19"]);
    for (const kind of ["1", "2", "3"]) session.update(path, reading.replace('"a"', kind));
    expect(found(session)).toEqual([]);
    session.update(path, reading.replace('"a"', "nil"));
    expect(found(session)).toEqual(found(newSession(reading.replace('"a"', "nil"))));
  });

  test("takes a key away from all that follow", () => {
    const session = newSession(text, withKind('"aa"'), text.replace("size: 1", "size: 2"));
    session.update(path, text.replace('kind: "a", ', ""));
    expect(found(session)).toEqual(["type/unknown-key 19"]);
  });

  test("shows in the types of a step that was not checked again", () => {
    const session = newSession(text, withKind('"aa"'), withKind('"aaa"'));
    const { program, files } = session.snapshot();
    const workflow = files.get(path)!.modules[0]!.items.find((item) => item.kind === "workflow")!;
    const third = workflow.items[2] as Step;
    const [param] = third.body.clauses[0]!.params;
    const local = program.resolved.locals.get(param as Extract<typeof param, { kind: "variablePattern" }>)!;
    const data = program.typeOfLocal(local);
    expect(data.kind === "record" && data.fields.get("kind")?.type).toEqual({
      kind: "literal",
      value: "aaa",
      form: "string",
    });
  });
});

describe("what rests on a step besides types", () => {
  const uses = "use Durable\n  use Durable.Helpers\n  use Durable.Orchestration\n  use Durable.Wait";

  test("is found again with them: a value that is kept over a wait may turn into a function", () => {
    const waiting = (kind: string) => `defmodule Flow do
  ${uses}

  workflow "flow" do
    step :first, fn _data -> {:ok, %{kind: ${kind}}} end

    step :second, fn data ->
      made = make(data.kind)
      wait_for_event("go", timeout: hours(1))
      {:ok, %{made: inspect(made)}}
    end
  end

  defp make(:number), do: 1
  defp make(_kind), do: fn x -> x end
end
`;
    const session = newSession(waiting(":number"));
    expect(found(session)).toEqual([]);
    session.update(path, waiting(":other"));
    expect(found(session)).toEqual(["flow/not-serializable 11"]);
    session.update(path, waiting(":number"));
    expect(found(session)).toEqual([]);
  });

  test("is found again with what it calls: the time of a child counts for those who wait for its parent", () => {
    const calling = (name: string, step: string) => `defmodule ${name} do
  ${uses}

  workflow "${name}" do
    step :only, fn data ->
      ${step}
      {:ok, data}
    end
  end
end
`;
    const called = (name: string, timeout: string) => `{:ok, _done} = call_workflow(${name}, %{}, timeout: ${timeout})`;
    const session = newSession();
    session.update("inner.durable", calling("Inner", "sleep(minutes(1))"));
    session.update("middle.durable", calling("Middle", called("Inner", "hours(2)")));
    session.update(path, calling("Outer", called("Middle", "minutes(30)")));
    expect(found(session)).not.toContain("timeout/always-expires 9");
    session.update("inner.durable", calling("Inner", "sleep(hours(1))"));
    expect(found(session)).toContain("timeout/always-expires 9");
    session.update("inner.durable", calling("Inner", "sleep(minutes(2))"));
    expect(found(session)).not.toContain("timeout/always-expires 9");
  });

  test("is pointed at where it stands now, though nothing else of it has changed", () => {
    const flow = (name: string, lines: readonly string[]) => `defmodule ${name} do
  ${uses}

  workflow "${name}" do
    step :only, fn data ->
      ${lines.join("\n      ")}
    end
  end
end
`;
    const asking = flow("Asking", [
      "{:ok, part} = call_workflow(Asked, %{}, timeout: hours(1))",
      "{:ok, assign(data, :part, part)}",
    ]);
    const session = newSession();
    session.update("asked.durable", flow("Asked", ["{:ok, assign(data, :n, 1)}"]));
    session.update("asking.durable", asking);
    session.update(
      path,
      flow("Outer", ["{:ok, done} = call_workflow(Asking, %{}, timeout: hours(2))", "{:ok, %{n: done.part.n}}"]),
    );
    const places = () => {
      const unhandled = session
        .check()
        .get(path)!
        .filter(({ code }) => code === "timeout/unhandled");
      const related = unhandled
        .flatMap((diagnostic) => diagnostic.related)
        .filter(({ location }) => location.source.path === "asking.durable");
      return related.map(({ location: { source, span } }) => source.text.slice(span.start, span.end));
    };
    expect(places()).toEqual(["call_workflow"]);
    session.update("asking.durable", asking.replace("    step", "    # Asks.\n    step"));
    expect(places()).toEqual(["call_workflow"]);
  });
});
