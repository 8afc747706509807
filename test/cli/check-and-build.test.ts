import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandInFolder } from "./command.ts";

const { durablec, path, write } = commandInFolder();

const sound = `workflow "greet", input: %{name: String.t()} do
  step :hello, fn data ->
    {:ok, %{greeting: "Hello " <> data.name}}
  end
end
`;

const warned = `workflow "wait" do
  step :ask, fn _data ->
    {:ok, %{answer: wait_for_event("answer")}}
  end
end
`;

const broken = `workflow "greet" do
  step :hello, fn data ->
    {:ok, %{greeting: String.upcas(data.name)}}
  end
end
`;

const csi = String.fromCharCode(27);

describe("durablec check", () => {
  it("says in a line that nothing is wrong, and exits with 0", async () => {
    write("greet.durable", sound);
    expect(await durablec("check", "greet.durable")).toEqual({ code: 0, stdout: "", stderr: "✓ 1 file checked\n" });
  });

  it("shows what is wrong in its place, without colours off a terminal, and exits with 1", async () => {
    write("greet.durable", broken);
    const { code, stdout, stderr } = await durablec("check", ".");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("greet.durable:3:");
    expect(stderr).toContain("String.upcase");
    expect(stderr).toContain("✗ 1 error in 1 file");
    expect(stderr).not.toContain(csi);
  });

  it("prints the diagnostics as one JSON object on request", async () => {
    write("greet.durable", broken);
    const { code, stdout } = await durablec("check", "greet.durable", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [
        {
          code: "name/unknown-function",
          severity: "error",
          message: expect.any(String),
          help: expect.stringContaining("String.upcase"),
          file: "greet.durable",
          line: 3,
          column: expect.any(Number),
          endLine: 3,
          endColumn: expect.any(Number),
          related: [],
        },
      ],
      errors: 1,
      warnings: 0,
    });
  });

  it("does not fail for warnings, unless they count as errors", async () => {
    write("wait.durable", warned);
    expect((await durablec("check", "wait.durable")).code).toBe(0);
    expect((await durablec("check", "wait.durable", "--strict")).code).toBe(1);
    write("durable.config.json", `{ "rules": { "timeout/missing": "error" } }`);
    expect((await durablec("check", "wait.durable")).code).toBe(1);
    write("durable.config.json", `{ "rules": { "timeout/missing": "off" } }`);
    expect(await durablec("check", "wait.durable")).toMatchObject({ code: 0, stderr: "✓ 1 file checked\n" });
  });

  it("goes on after a syntax error, so that one broken step does not hide another", async () => {
    write(
      "two.durable",
      `workflow "two" do\n  step :a, fn data -> (1 + end\n\n  step :b, fn data ->\n    {:ok, %{x: String.nope(data.y)}}\n  end\nend\n`,
    );
    const { code, stdout } = await durablec("check", "two.durable", "--json");
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; line: number }[] };
    expect(code).toBe(1);
    expect(diagnostics.some((found) => found.code.startsWith("syntax/") && found.line <= 3)).toBe(true);
  });

  it.each([
    ["a module that is nowhere", "Nowhere.to_be(data)", "name/unknown-module"],
    ["a function that TypeScript does not export", "Mailer.delivr(data.to)", "name/foreign-export-missing"],
  ])("reports %s", async (_, call, code) => {
    write("mailer.ts", "export function deliver(to: string): void {}");
    write(
      "a.durable",
      `import_line\nworkflow "a" do\n  step :s, fn data ->\n    ${call}\n    {:ok, data}\n  end\nend\n`.replace(
        "import_line\n",
        "",
      ),
    );
    const { stdout } = await durablec("check", "a.durable", "--json", "--module", "Mailer=./mailer.ts");
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code }], errors: 1 });
  });

  it("reports a TypeScript file that is not there", async () => {
    write(
      "a.durable",
      `workflow "a" do\n  step :s, fn data ->\n    Mailer.deliver(data.to)\n    {:ok, data}\n  end\nend\n`,
    );
    const { stdout } = await durablec("check", "a.durable", "--json", "--module", "Mailer=./missing.ts");
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: "name/foreign-missing" }] });
  });
});

describe("durablec build", () => {
  it("writes TypeScript that mirrors the sources, and says where", async () => {
    write("src/deep/greet.durable", sound);
    write("src/wait.durable", warned.replace(`"answer")`, `"answer", timeout: :infinity)`));
    const { code, stderr } = await durablec("build", "src", "--out", "lib");
    expect([code, stderr]).toEqual([0, "✓ 2 files compiled, 2 written\n"]);
    expect(readFileSync(path("lib/deep/greet.ts"), "utf8")).toContain("defineMachine");
    expect(existsSync(path("lib/wait.ts"))).toBe(true);
  });

  it("removes what was generated of a source that is gone, and nothing else", async () => {
    write("durable.config.json", `{ "root": "src" }`);
    write("src/greet.durable", sound);
    write("src/deep/gone.durable", sound.replaceAll("Greet", "Gone"));
    await durablec("build", "src");
    write("generated/mine.ts", "export const mine = 1;\n");
    rmSync(path("src/deep/gone.durable"));
    const { stderr } = await durablec("build", "src/greet.durable");
    expect(stderr).toBe("✓ 1 file compiled to generated/greet.ts, 1 removed\n");
    expect(readdirSync(path("generated"), { recursive: true }).sort()).toEqual([
      "deep",
      "greet.ts",
      "greet.ts.map",
      "mine.ts",
    ]);
  });

  it("removes nothing where other projects may write too", async () => {
    write("durable.config.json", `{ "root": "src" }`);
    write("src/greet.durable", sound);
    await durablec("build", "src", "--out", "lib");
    write("src/hello.durable", sound);
    rmSync(path("src/greet.durable"));
    await durablec("build", "src", "--out", "lib");
    expect(existsSync(path("lib/greet.ts"))).toBe(true);
  });

  it("writes only types with --types, beside the sources, for bundlers", async () => {
    write("src/greet.durable", sound);
    const { code, stderr } = await durablec("build", "src", "--types");
    expect([code, stderr]).toEqual([0, "✓ 1 file compiled to src/greet.d.durable.ts\n"]);
    expect(readFileSync(path("src/greet.d.durable.ts"), "utf8")).toContain("export declare const Greet: ");
    expect(existsSync(path("generated"))).toBe(false);
    expect(await durablec("build", "src", "--types", "--out", "lib")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Option '--types' cannot be used with option '--out <dir>'"),
    });
  });

  it("writes nothing when there is an error", async () => {
    write("src/a.durable", sound);
    write("src/b.durable", broken);
    expect((await durablec("build", "src")).code).toBe(1);
    expect(existsSync(path("generated"))).toBe(false);
  });

  it("leaves alone what has not changed, and gives the same text every time", async () => {
    write("greet.durable", sound);
    await durablec("build", "greet.durable");
    const before = statSync(path("generated/greet.ts")).mtimeMs;
    const text = readFileSync(path("generated/greet.ts"), "utf8");
    expect((await durablec("build", "greet.durable")).code).toBe(0);
    expect(statSync(path("generated/greet.ts")).mtimeMs).toBe(before);
    expect(readFileSync(path("generated/greet.ts"), "utf8")).toBe(text);
  });

  it("says where it cannot write", async () => {
    write("greet.durable", sound);
    write("taken", "");
    const { code, stderr } = await durablec("build", "greet.durable", "--out", "taken");
    expect(code).toBe(1);
    expect(stderr).toContain(`Cannot write ${path("taken/greet.ts")}`);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("bad usage", () => {
  it.each([
    ["a path that is not there", ["check", "nowhere.durable"], "There is no file or folder nowhere.durable."],
    ["no path", ["check"], "Missing required argument"],
    ["an unknown command", ["chek", "."], "Did you mean check?"],
    ["an unknown option", ["check", ".", "--jsn"], "Did you mean --json?"],
    ["a module without a path", ["check", ".", "--module", "Mailer"], "Write it as Name=path"],
  ])("%s exits with 2 and says what to do, without a stack trace", async (_, args, message) => {
    const { code, stdout, stderr } = await durablec(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("the reports of durablec check", () => {
  it("are annotations, or SARIF, on request", async () => {
    write("wait.durable", warned);
    const github = await durablec("check", "wait.durable", "--format", "github");
    expect(github).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^::warning file=wait\.durable,line=3,/),
      stderr: "",
    });
    const sarif = await durablec("check", "wait.durable", "--format", "sarif");
    expect(JSON.parse(sarif.stdout).runs[0].results).toMatchObject([{ ruleId: "timeout/missing", level: "warning" }]);
  });

  it("--fix mends what is safe, and says how much", async () => {
    write("greet.durable", sound.replace("    {:ok", "    unused = 1\n    {:ok"));
    expect(await durablec("check", "greet.durable", "--fix")).toMatchObject({
      code: 0,
      stderr: "✓ 1 file checked, 1 problem mended\n",
    });
    expect(readFileSync(path("greet.durable"), "utf8")).toContain("    _unused = 1\n");
  });
});

describe("durablec explain", () => {
  it("says what a code means, with examples", async () => {
    const { code, stdout } = await durablec("explain", "timeout/missing");
    expect(code).toBe(0);
    expect(stdout).toContain("timeout/missing (warning)");
    expect(stdout).toContain('wait_for_event("approved", timeout: hours(24))');
  });

  it("helps on with a code that does not exist", async () => {
    const { code, stderr } = await durablec("explain", "timeout/mising");
    expect([code, stderr]).toEqual([2, expect.stringContaining("Did you mean timeout/missing?")]);
  });
});
