import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createForeignReader } from "../../compiler/resolve/foreign.ts";
import type { ForeignExport, ForeignModule } from "../../compiler/resolve/resolved.ts";
import { show as showType } from "../../compiler/types/show.ts";

const files: { readonly [path: string]: string } = {
  "mailer.ts": `
    import type { Receipt } from "./receipt.ts";
    export type Address = string & { readonly brand: "address" };
    export async function sendReceipt(to: Address, copies = 1): Promise<Receipt> { return { id: to, sent: true, note: null, lines: [] }; }
    export const deliver = (to: string, ...templates: string[]): void => {};
    export function charge(cents: number): readonly ["ok", { paid: number }] | readonly ["error", string] { return ["error", "x"]; }
    export function find(id: string): "open" | "closed" | undefined;
    export function find(id: number, deep: boolean): boolean;
    export function find(): unknown {}
    export class Transport { send(): void {} }
    export function transport(): Transport { return new Transport(); }
    export interface Tree { value: 1 | 2.5; children: Tree[] }
    export const tree = (): Tree => ({ value: 1, children: [] });
    export const totals = (of: Record<string, number>, on?: Date): Map<string, number> => new Map();
    export const report = (): { id: string; counts: Map<string, number>; next?: Map<string, number> } => ({ id: "", counts: new Map() });
    export const paged = (): { rows: bigint[]; next?: () => void; at: Date } => ({ rows: [], at: new Date() });
    export const limit = 3;
    export function first<T extends string>(items: T[]): T | undefined { return items[0]; }
    export * from "./again.js";
  `,
  "receipt.ts": `export interface Receipt { id: string; sent: boolean; note: string | null; total?: number; lines: { text: string }[] }`,
  "again.ts": `export { default as anything } from "./default.ts"; export const get_url = () => "a"; export const getURL = () => 1;`,
  "default.ts": `export default { async deliver(to: string) { return to.length; }, retries: 3 };`,
  "named-default.ts": `export default function notify(who: string): boolean { return who === ""; }`,
  "plain.js": `export function add(a, b) { return a + b; }`,
  "typed.js": `export const twice = (x) => x + x;`,
  "typed.d.ts": `export declare function twice(x: string): string;`,
  "node_modules/stamp/package.json": `{ "name": "stamp", "version": "1.0.0", "type": "module", "exports": { ".": { "types": "./index.d.ts", "default": "./index.js" } } }`,
  "node_modules/stamp/index.d.ts": `export declare function stamp(at?: string): Promise<string>;`,
  "node_modules/stamp/index.js": `export const stamp = async () => "now";`,
};

let folder: string;
let read: (specifier: string) => ForeignModule | null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foreign-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const reader = createForeignReader({ cwd: folder, fileOf: () => join(folder, "orders.durable") });
  read = (specifier) => reader({ name: "Mailer", specifier, from: null })?.module ?? null;
});

afterAll(() => rmSync(folder, { recursive: true }));

/** `name(params) result`, as a reader of the language would write it. */
function signature(specifier: string, name: string): string {
  const found = read(specifier)?.exports.get(name);
  return found === undefined ? "absent" : show(found);
}

function show({ name, params, rest, result, minArity }: ForeignExport): string {
  const all = params.map((param, index) => `${showType(param)}${index >= minArity ? "?" : ""}`);
  if (rest !== null) all.push(`...${showType(rest)}`);
  return `${name}(${all.join(", ")}) ${showType(result)}`;
}

describe("a function of a TypeScript module", () => {
  it.each([
    [
      "has its promise unwrapped, and records with optional and nil fields",
      "sendReceipt",
      "sendReceipt(String.t(), integer() | float()?) %{optional(:total) => integer() | float(), id: String.t(), sent: boolean(), note: nil | String.t(), lines: [%{text: String.t()}]}",
    ],
    [
      "may be called in snake_case",
      "send_receipt",
      "sendReceipt(String.t(), integer() | float()?) %{optional(:total) => integer() | float(), id: String.t(), sent: boolean(), note: nil | String.t(), lines: [%{text: String.t()}]}",
    ],
    ["keeps its own name where both exist", "get_url", "get_url() String.t()"],
    ["may take any number of arguments", "deliver", "deliver(String.t(), ...String.t()) nil"],
    [
      "has tuples whose first text is a tag",
      "charge",
      "charge(integer() | float()) {:ok, %{paid: integer() | float()}} | {:error, String.t()}",
    ],
    [
      "with overloads takes and gives what any of them does",
      "find",
      'find(String.t() | integer() | float(), boolean()?) nil | "open" | "closed" | boolean()',
    ],
    ["gives dynamic for the instance of a class", "transport", "transport() dynamic()"],
    ["gives dynamic where a type contains itself", "tree", "tree() %{value: 1 | 2.5, children: [dynamic()]}"],
    [
      "takes maps; what has no JSON form is dynamic",
      "totals",
      "totals(%{String.t() => integer() | float()}, dynamic()?) dynamic()",
    ],
    ["with type variables is read by their bounds", "first", "first([String.t()]) nil | String.t()"],
    ["is not a constant", "limit", "absent"],
    ["is not a class", "Transport", "absent"],
  ])("%s", (_, name, expected) => {
    expect(signature("./mailer", name)).toBe(expected);
  });
});

describe("a TypeScript module", () => {
  it("is found with or without its extension, and by the .js it will become", () => {
    expect(read("./mailer.ts")?.specifier).toBe(join(folder, "mailer.ts"));
    expect(read("./mailer.js")?.specifier).toBe(join(folder, "mailer.ts"));
    expect(read("./mailer")?.specifier).toBe(join(folder, "mailer.ts"));
  });

  it("may export one object or one function by default", () => {
    expect(signature("./default", "deliver")).toBe("default.deliver(String.t()) integer() | float()");
    expect(signature("./named-default", "notify")).toBe("default(String.t()) boolean()");
  });

  it("may be JavaScript, with declarations or without, or a package", () => {
    expect(signature("./plain.js", "add")).toBe("add(dynamic(), dynamic()) dynamic()");
    expect(signature("./typed.js", "twice")).toBe("twice(String.t()) String.t()");
    expect(signature("stamp", "stamp")).toBe("stamp(String.t()?) String.t()");
    expect(read("stamp")?.specifier).toBe("stamp");
  });

  it("says which results have no JSON form", () => {
    expect(read("./mailer")?.exports.get("totals")?.unstorable).toBe("Map<string, number>");
    expect(read("./mailer")?.exports.get("report")?.unstorable).toContain("counts: Map<string, number>");
    for (const name of ["transport", "paged", "tree"])
      expect(read("./mailer")?.exports.get(name)?.unstorable).toBeUndefined();
  });

  it("says where each function is written", () => {
    expect(read("./mailer")?.exports.get("charge")).toMatchObject({ path: "mailer.ts", line: 6 });
  });

  it("is null when there is none", () => {
    expect(read("./missing")).toBeNull();
    expect(read("no-such-package")).toBeNull();
  });
});
