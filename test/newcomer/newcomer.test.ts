/**
 * What somebody meets who has never seen this repository: the packages as they would be published, installed into an empty
 * folder, and the way from there to a tested app. Other packages come from the registry, or from npm's cache of it.
 */
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = join(import.meta.dirname, "../..");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "durablec-newcomer-")));
const app = join(folder, "tea-shop");
const LONG_MS = 300_000;

const { DATABASE_URL, FORCE_COLOR, NODE_OPTIONS, ...env } = process.env;

/** Runs a command to its end; what it prints goes into the error when it fails. */
function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error === null) resolve(`${stdout}${stderr}`);
      else reject(new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`));
    });
  });
}

/** A command that goes on until Ctrl-C. */
function startScript(name: string) {
  const child = spawn("npm", ["run", name], { cwd: app, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  let said = "";
  const listen = (chunk: Buffer) => {
    said += chunk;
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  return {
    said: () => said,
    /** Ctrl-C goes to all that a terminal has started. */
    interrupt() {
      process.kill(-child.pid!, "SIGINT");
      return ended;
    },
  };
}

const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
const durablec = (...args: string[]) => run(app, "npx", "--no-install", "durablec", ...args);
const tsc = (cwd: string, ...args: string[]) =>
  run(cwd, process.execPath, join(app, "node_modules/typescript/bin/tsc"), ...args);

beforeAll(async () => {
  mkdirSync(app);
  const compilerOf = join(repository, "node_modules/typescript7/bin/tsc");
  for (const name of ["runtime", "compiler", "compiler/prettier-plugin"]) {
    await run(repository, process.execPath, compilerOf, "--project", `${name}/tsconfig.json`);
    await run(join(repository, name), "npm", "pack", "--pack-destination", folder, "--loglevel=error");
  }
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  await run(app, "npm", "install", ...tarballs.map((name) => `../${name}`), ...quiet);
  await durablec("init", "--yes", "--name", "tea-shop");
  await run(app, "npm", "install", ...quiet);
}, LONG_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a newcomer, with the packages alone", () => {
  it("has a project that builds, passes its tests and runs", { timeout: LONG_MS }, async () => {
    expect(await run(app, "npm", "test")).toMatch(/pass 2\n.*fail 0\n/s);
    expect(await run(app, "npm", "start")).toContain("Ada is confirmed\n");
  });

  it("sees each change of a workflow in the app that runs", { timeout: LONG_MS }, async () => {
    const path = join(app, "src/welcome.durable");
    const before = readFileSync(path, "utf8");
    const dev = startScript("dev");
    try {
      await expect.poll(dev.said, { timeout: LONG_MS }).toContain("Ada is confirmed\n");
      writeFileSync(path, before.replace('"confirmed") |>', '"very welcome") |>'));
      await expect.poll(dev.said, { timeout: LONG_MS }).toContain("Ada is very welcome\n");
    } finally {
      await dev.interrupt();
      writeFileSync(path, before);
    }
  });

  it("formats with prettier as with durablec", { timeout: LONG_MS }, async () => {
    const [path, text] = [
      join(app, "src/messy.durable"),
      'workflow "messy" do\nstep :a,fn data->{:ok,data} end\nend\n',
    ];
    writeFileSync(join(app, ".prettierrc"), '{ "plugins": ["prettier-plugin-durable"] }');
    writeFileSync(path, text);
    await durablec("fmt", "src/messy.durable");
    const formatted = readFileSync(path, "utf8");
    expect(formatted).not.toBe(text);
    writeFileSync(path, text);
    await run(app, "npx", "--no-install", "prettier", "--write", "src/messy.durable");
    expect(readFileSync(path, "utf8")).toBe(formatted);
    await run(app, "npx", "--no-install", "prettier", "--check", "src/welcome.durable");
    rmSync(path);
  });

  it("edits a workflow, is told of a mistake, mends it, and runs it", { timeout: LONG_MS }, async () => {
    const path = join(app, "src/welcome.durable");
    const before = readFileSync(path, "utf8");
    const step = (body: string) =>
      before.replace("    step :confirm", `    step :greet, fn data ->\n${body}\n    end\n\n    step :confirm`);
    writeFileSync(path, step("      {:ok, assign(data, :greeting, String.upcas(data.name))}"));
    await expect(durablec("check", "src")).rejects.toThrow("Did you mean `String.upcase`?");
    writeFileSync(path, step("      {:ok, assign(data, :greeting, String.upcase(data.name))}"));
    expect(await durablec("check", "src")).toContain("✓ 1 file checked");
    const input = JSON.stringify({ name: "Ada", email: "ada@example.com" });
    const ran = await durablec("run", "src/welcome.durable", "--input", input, "--send", 'confirmed={"by": "mail"}');
    expect(ran).toContain('"greeting": "ADA"');
    expect(await durablec("graph", "src")).toContain("greet");
    await durablec("fmt", "--check", "src");
    writeFileSync(path, before);
  });

  it("is led from a failure in production to the line of the workflow", { timeout: LONG_MS }, async () => {
    writeFileSync(
      join(app, "src/mailer.ts"),
      'export async function sendMail(_to: string, _text: string): Promise<string> {\n  throw new Error("the mail server is down");\n}\n',
    );
    const path = join(app, "src/welcome.durable");
    writeFileSync(path, readFileSync(path, "utf8").replace("max_attempts: 3", "max_attempts: 1"));
    await run(app, "npm", "run", "build");
    await expect(run(app, "npm", "start")).rejects.toThrow("the mail server is down");
    const [failed] = JSON.parse(
      await run(
        app,
        "npx",
        "--no-install",
        "durable",
        "list",
        "--status",
        "failed",
        "--json",
        "--database",
        ".durable",
      ),
    );
    const shown = await run(app, "npx", "--no-install", "durable", "show", failed.id, "--database", ".durable");
    expect(shown).toMatch(/from {6}src\/welcome\.durable:12:\d+\n/);
    expect(shown).toMatch(/> 12 │ +mail_id = Mailer\.send_mail/);
  });
});

const consumer = `import { check, compileProject, type Diagnostic, rules } from "durablec";
import { createDurable, defineMachine, ok, type Durable, z } from "@durablec/runtime";
import { schedulesOf, startScheduler } from "@durablec/runtime/schedules";
import { createTestDurable, type TestDurable } from "@durablec/runtime/testing";

export const found: readonly Diagnostic[] = check({} as never).diagnostics;
export const all = [compileProject, rules, createDurable, defineMachine, ok, z, schedulesOf, startScheduler];
export const testing = (options: Parameters<typeof createTestDurable>[0]): Promise<TestDurable> => createTestDurable(options);
// @ts-expect-error: the types are there, and are no \`any\`.
export const wrong: Durable = 1;
// @ts-expect-error
export const alsoWrong: TestDurable = 1;
// @ts-expect-error
export const wrongToo: Diagnostic = 1;
`;

describe("the packages", () => {
  it.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])(
    "have types for an app with module %s and resolution %s",
    { timeout: LONG_MS },
    async (module, moduleResolution) => {
      const name = `consumer-${moduleResolution}`;
      mkdirSync(join(app, name));
      writeFileSync(join(app, name, "index.ts"), consumer);
      const compilerOptions = {
        module,
        moduleResolution,
        target: "es2023",
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        types: ["node"],
      };
      writeFileSync(join(app, name, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      expect(await tsc(join(app, name))).toBe("");
    },
  );

  it("bring everything they need, and nothing of the repository", () => {
    expect(readdirSync(join(app, "node_modules/@durablec"))).toEqual(["runtime"]);
    expect(readdirSync(join(app, "node_modules/durablec")).sort()).toEqual([
      "README.md",
      "bin",
      "dist",
      "package.json",
      "prelude",
      "template",
    ]);
  });
});
