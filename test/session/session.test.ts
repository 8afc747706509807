import { describe, expect, test } from "vitest";
import { createSession, type Session } from "../../compiler/session.ts";
import { signatures } from "../check/program.ts";

function newSession(texts: { readonly [path: string]: string } = {}): Session {
  const session = createSession({
    prelude: signatures,
    foreign: () => null,
    modules: new Map(),
    outputPath: ({ path }) => path.replace(/\.durable$/, ".ts"),
  });
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
