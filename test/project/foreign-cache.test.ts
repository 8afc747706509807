import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ForeignRequest } from "../../compiler/input.ts";
import { openForeignModules } from "../../compiler/project/foreign-modules.ts";

const files: { readonly [path: string]: string } = {
  "tsconfig.json": `{ "extends": "./base.json" }`,
  "base.json": `{ "compilerOptions": {} }`,
  "mailer.js": "export const old = () => 1;\n",
  "app.ts": `import type { Sent } from "./sent.ts";\nimport type { Stamp } from "stamp";\nexport function send(): Sent & Stamp { return {} as Sent & Stamp; }\n`,
  "sent.ts": "export interface Sent { id: string }\n",
  "node_modules/stamp/package.json": `{ "name": "stamp", "version": "1.0.0", "types": "./index.d.ts" }`,
  "node_modules/stamp/index.d.ts": "export interface Stamp { at: string }\n",
};

let folder: string;
let clock = Date.now() - 3_600_000;

/** Each write is a second after the one before, and all are long ago. */
function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  clock += 1000;
  utimesSync(file, clock / 1000, clock / 1000);
}

const app: ForeignRequest = { name: "App", specifier: "./app", from: null };
const mailer: ForeignRequest = { name: "Mailer", specifier: "./mailer", from: null };

/** As the next run of the command would find it. */
const isKnown = (one: ForeignRequest) => openForeignModules(folder).known(one) !== null;

async function read(one: ForeignRequest): Promise<void> {
  const ask = await openForeignModules(folder).load();
  expect(ask(one)).not.toBeNull();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foreign-cache-"));
  for (const [path, text] of Object.entries(files)) write(path, text);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("what is known of TypeScript", { timeout: 120_000 }, () => {
  it("is kept between runs, until something changes that had a say in it", async () => {
    expect(isKnown(app)).toBe(false);
    await read(app);
    expect(isKnown(app)).toBe(true);

    for (const path of ["app.ts", "sent.ts", "base.json", "node_modules/stamp/package.json"]) {
      await read(app);
      write(path, files[path]!);
      expect([path, isKnown(app)]).toEqual([path, false]);
    }
  });

  it("does not hold any more when a file appears that would be found first", async () => {
    await read(mailer);
    expect(isKnown(mailer)).toBe(true);
    write("mailer.ts", "export const fresh = () => 2;\n");
    expect(isKnown(mailer)).toBe(false);
  });

  it("is not kept when a file has changed since the reading began", async () => {
    write("late.ts", "export const late = () => 1;\n");
    const late: ForeignRequest = { name: "Late", specifier: "./late", from: null };
    const future = Date.now() / 1000 + 60;
    utimesSync(join(folder, "late.ts"), future, future);
    await read(late);
    expect(isKnown(late)).toBe(false);
  });
});
