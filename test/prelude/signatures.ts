/** Reads the signature files line by line, a signature over several lines as one: which functions they declare, with which arities and effects. */
import { readdirSync, readFileSync } from "node:fs";

export interface Signature {
  readonly module: string;
  readonly name: string;
  readonly arities: readonly number[];
  readonly effect: string;
}

const folder = new URL("../../compiler/prelude/", import.meta.url);

/** Every function of every signature file. */
export function readSignatures(): Signature[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".durable"));
  const specs = files.flatMap((name) => readSpecs(readFileSync(new URL(name, folder), "utf8")));
  const byFunction = new Map<string, Signature>();
  for (const { module, name, arity, effect } of specs) {
    const key = `${module}.${name}`;
    const arities = [...(byFunction.get(key)?.arities ?? []), arity];
    byFunction.set(key, { module, name, arities, effect });
  }
  return [...byFunction.values()];
}

interface Spec {
  readonly module: string;
  readonly name: string;
  readonly arity: number;
  readonly effect: string;
}

function readSpecs(text: string): Spec[] {
  const specs: Spec[] = [];
  let [module, effect] = ["", "pure"];
  for (const line of text.replaceAll(/\n {8,}/g, " ").split("\n")) {
    module = /^defmodule (\S+) do$/.exec(line)?.[1] ?? module;
    effect = /^ {2}@effect :(\w+)$/.exec(line)?.[1] ?? effect;
    const spec = /^ {2}@spec (\w+[?!]?)\((.*)\) :: /.exec(line);
    if (!spec) continue;
    specs.push({ module, name: spec[1]!, arity: countArguments(spec[2]!), effect });
    effect = "pure";
  }
  return specs;
}

/** Commas that stand outside all brackets, and one. */
function countArguments(list: string): number {
  if (list.trim() === "") return 0;
  let [count, depth] = [1, 0];
  for (const character of list) {
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if (character === "," && depth === 0) count += 1;
  }
  return count;
}
