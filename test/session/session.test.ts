import { describe, expect, test } from "vitest";
import type { ForeignModule } from "../../compiler/resolve/resolved.ts";
import { createSession, type Session, type SessionOptions } from "../../compiler/session.ts";
import { integer, string } from "../../compiler/types/construct.ts";
import type { Type } from "../../compiler/types/type.ts";
import { signatures } from "../check/program.ts";

const options: SessionOptions = {
  prelude: signatures,
  foreign: () => null,
  modules: new Map(),
  outputPath: ({ path }) => path.replace(/\.durable$/, ".ts"),
};

function newSession(texts: { readonly [path: string]: string } = {}): Session {
  const session = createSession(options);
  for (const [path, text] of Object.entries(texts)) session.update(path, text);
  return session;
}

function codes(session: Session): { readonly [path: string]: readonly string[] } {
  return Object.fromEntries([...session.check()].map(([path, found]) => [path, found.map(({ code }) => code)]));
}

const child = `defmodule Child do
  use Durable
  use Durable.Helpers

  workflow "child", input: %{id: String.t()} do
    step :one, fn data -> {:ok, assign(data, :sum, 1)} end
  end
end
`;

const parent = `defmodule Parent do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration

  workflow "parent", input: %{id: String.t()} do
    step :one, fn data ->
      {:ok, child} = call_workflow(Child, data, timeout: :infinity)
      {:ok, assign(data, :sum, child.sum)}
    end
  end
end
`;

describe("a session", () => {
  test("tells of every file, in the order of paths, whatever the order in which they came", () => {
    const session = newSession({ "b.durable": "step", "a.durable": child });
    expect([...session.check().keys()]).toEqual(["a.durable", "b.durable"]);
  });

  test("follows a change into the files that it concerns", () => {
    const session = newSession({ "child.durable": child, "parent.durable": parent });
    const before = codes(session);
    session.update("child.durable", child.replace(":sum", ":total"));
    expect(codes(session)["parent.durable"]).toContain("type/unknown-key");
    session.update("child.durable", child);
    expect(codes(session)).toEqual(before);
  });

  test("follows the input of a workflow to who starts it", () => {
    const starter = `defmodule Starter do
  use Durable
  use Durable.Orchestration

  workflow "starter" do
    step :one, fn _data ->
      {:ok, id} = start_workflow(Child, %{id: "1"}, ref: :child)
      {:ok, %{id: id}}
    end
  end
end
`;
    const session = newSession({ "child.durable": child, "starter.durable": starter });
    expect(codes(session)["starter.durable"]).toEqual([]);
    session.update("child.durable", child.replace("String.t()", "integer()"));
    expect(codes(session)["starter.durable"]).toEqual(["type/child-input"]);
  });

  test("follows what a function matches to who calls it", () => {
    const kinds = "defmodule Kinds do\n  def kind(:a), do: :ok\nend\n";
    const caller = "defmodule Caller do\n  def call, do: Kinds.kind(:a)\nend\n";
    const session = newSession({ "kinds.durable": kinds, "caller.durable": caller });
    expect(codes(session)["caller.durable"]).toEqual([]);
    session.update("kinds.durable", kinds.replace(":a", ":b"));
    expect(codes(session)["caller.durable"]).toEqual(["type/no-clause"]);
  });

  test("follows the place of a call into the functions that lead to it", () => {
    const helper = `defmodule Helper do
  use Durable.Orchestration

  def begin(id), do: start_workflow(Child, %{id: id}, ref: :same)
end
`;
    const twice = `defmodule Twice do
  use Durable

  workflow "twice", input: %{id: String.t()} do
    step :one, fn data ->
      {:ok, first} = Helper.begin(data.id)
      {:ok, second} = Helper.begin(data.id)
      {:ok, %{first: first, second: second}}
    end
  end
end
`;
    const session = newSession({ "child.durable": child, "helper.durable": helper, "twice.durable": twice });
    const places = () =>
      session
        .check()
        .get("helper.durable")!
        .map(({ code, location }) => [code, location.span.start]);
    const [[code, start] = []] = places();
    expect(code).toBe("ref/collision");
    session.update("helper.durable", `# One line more.\n${helper}`);
    expect(places()).toEqual([["ref/collision", Number(start) + "# One line more.\n".length]]);
  });

  test("keeps what it knows when it is configured as before, and looks at TypeScript that has changed", () => {
    const calls = `import Mailer, from: "./mailer"\n\ndefmodule Calls do\n  def call, do: Mailer.deliver("a")\nend\n`;
    const session = newSession({ "calls.durable": calls });
    const mailer = (param: Type): ForeignModule => {
      const deliver = {
        name: "deliver",
        params: [param],
        rest: null,
        result: string,
        isExact: true,
        minArity: 1,
        path: "",
        line: 1,
      };
      return { name: "Mailer", specifier: "/mailer", exports: new Map([["deliver", deliver]]) };
    };
    session.configure({ ...options, foreign: () => mailer(string) });
    expect(codes(session)["calls.durable"]).toEqual([]);
    const before = session.snapshot();
    session.configure({ ...options, foreign: () => mailer(string) });
    expect(session.snapshot()).toBe(before);
    session.configure({ ...options, foreign: () => mailer(integer) });
    expect(codes(session)["calls.durable"]).toEqual(["type/bad-argument"]);
  });

  test("forgets a file that is gone", () => {
    const session = newSession({ "child.durable": child, "parent.durable": parent });
    session.check();
    session.update("child.durable", null);
    expect(Object.keys(codes(session))).toEqual(["parent.durable"]);
    expect(codes(session)["parent.durable"]).toContain("name/unknown-module");
  });

  test("emits what there is once nothing is wrong", async () => {
    const session = newSession({ "child.durable": "workflow" });
    expect(await session.emit()).toEqual([]);
    session.update("child.durable", child);
    expect((await session.emit()).map(({ path }) => path)).toEqual(["child.ts"]);
  });

  test("shows editors what it knows of a broken text", () => {
    const session = newSession({ "child.durable": child.replace("1)}", "1)") });
    const { files, program } = session.snapshot();
    expect(files.get("child.durable")?.modules.map(({ name }) => name.text)).toEqual(["Child"]);
    expect([...program.resolved.modules.keys()]).toEqual(["Child"]);
  });
});
