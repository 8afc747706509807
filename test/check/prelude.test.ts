import { expect, test } from "vitest";
import { buildFile } from "../../compiler/ast/from-cst/index.ts";
import { DiagnosticBag } from "../../compiler/diagnostics/bag.ts";
import { createPrelude } from "../../compiler/resolve/prelude.ts";
import { signatures } from "./program.ts";

test.each(signatures.map((source) => [source.path, source] as const))(
  "%s: reading name by name finds what reading the whole file finds",
  (_path, source) => {
    const bag = new DiagnosticBag();
    const whole = buildFile(source, bag).modules.flatMap(({ name, items }) =>
      items.flatMap((item) =>
        item.kind === "spec" ? [`${name.text.replace(/^:/, "")}.${item.name.text}/${item.params.length}`] : [],
      ),
    );
    const prelude = createPrelude([source], (part) => buildFile(part, bag));
    const found = prelude.modules.flatMap((module) =>
      [...prelude.names(module)].flatMap((name) =>
        prelude.functions(module, name).map(({ arity }) => `${module}.${name}/${arity}`),
      ),
    );
    expect(found.sort()).toEqual(whole.sort());
    expect(bag.sorted()).toEqual([]);
  },
);

test("an effect holds for all signatures of its name, and for no other", () => {
  const text = `defmodule Dice do
  @doc "Throws."
  @effect :random
  @spec throw_one() :: integer()
  @spec throw_one(integer()) :: integer()
  @spec sides() :: integer()
end
`;
  const prelude = createPrelude([{ path: "dice.durable", text }], (part) => buildFile(part, new DiagnosticBag()));
  const effects = ["throw_one", "sides"].map((name) =>
    prelude.functions("Dice", name).map(({ effect, doc }) => [effect, doc]),
  );
  expect(effects).toEqual([
    [
      ["random", "Throws."],
      ["random", "Throws."],
    ],
    [["pure", ""]],
  ]);
});
