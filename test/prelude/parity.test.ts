import { describe, expect, test } from "vitest";
import * as prelude from "../../runtime/prelude/index.ts";
import { readSignatures, type Signature } from "./signatures.ts";

/** Modules whose functions are `io`'s own, or become states of the machine. */
const PART_OF_THE_MACHINE = new Set(["Durable.Context", "Durable.Orchestration"]);

const NAMESPACES: { readonly [module: string]: string } = {
  ":crypto": "Crypto",
  ":math": "Maths",
  ":rand": "Rand",
  Date: "Dates",
  Durable: "Time",
  "Durable.Helpers": "Helpers",
  "Durable.Wait": "Calendar",
  IO: "StdIo",
  JSON: "Json",
  Jason: "Json",
  Map: "Maps",
  Process: "Processes",
  String: "Strings",
  URI: "Uri",
};

const RESERVED = new Set(["delete", "new", "then"]);
const TAKES_IO = new Set(["clock", "random", "log"]);

const signatures = readSignatures().filter(
  ({ module, effect }) => !PART_OF_THE_MACHINE.has(module) && effect !== "suspends",
);

/** The rule that the header of the prelude's index states. */
function implementationName(name: string): string {
  const camel = name.replace(/[?!]$/, "").replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
  const full = name.endsWith("!") ? `${camel}OrRaise` : camel;
  return RESERVED.has(full) ? `${full}_` : full;
}

function namespaceOf(module: string): string {
  return NAMESPACES[module] ?? module;
}

function implementationOf({ module, name }: Signature): unknown {
  const namespace = (prelude as Record<string, unknown>)[namespaceOf(module)] as Record<string, unknown> | undefined;
  return namespace?.[implementationName(name)];
}

describe("the prelude's signatures and implementations", () => {
  test("every signature has an implementation of the documented name", () => {
    const missing = signatures.filter((signature) => typeof implementationOf(signature) !== "function");
    expect(missing.map(({ module, name }) => `${module}.${name}`)).toEqual([]);
  });

  test("every implementation has a signature", () => {
    const declared = new Set(
      signatures.map(({ module, name }) => `${namespaceOf(module)}.${implementationName(name)}`),
    );
    const namespaces = new Set(signatures.map(({ module }) => namespaceOf(module)));
    const implemented = [...namespaces].flatMap((namespace) =>
      Object.keys((prelude as Record<string, object>)[namespace] ?? {}).map((name) => `${namespace}.${name}`),
    );
    expect(implemented.filter((name) => !declared.has(name))).toEqual([]);
  });

  test("no implementation asks for more arguments than its largest arity", () => {
    const excessive = signatures.filter((signature) => {
      const given = Math.max(...signature.arities) + (TAKES_IO.has(signature.effect) ? 1 : 0);
      return (implementationOf(signature) as () => unknown).length > given;
    });
    expect(excessive.map(({ module, name }) => `${module}.${name}`)).toEqual([]);
  });
});
