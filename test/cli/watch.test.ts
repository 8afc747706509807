import { existsSync, readFileSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandInFolder } from "./command.ts";

const { path, write, watching } = commandInFolder();

const greet = (text: string) => `workflow "greet", input: %{name: String.t()} do
  step :hello, fn data -> {:ok, %{greeting: ${text}}} end
end
`;

describe("durablec build --watch", () => {
  it("builds, and builds again what has changed, until it is interrupted", async () => {
    write("greet.durable", greet('"Hello " <> data.name'));
    const build = watching("build", ".", "--watch");
    expect(await build.round()).toMatch(/^✓ 1 file compiled to .*greet\.ts\nTook \d+ ms\. Watching/);

    write("greet.durable", greet('"Good day " <> data.name'));
    expect(await build.round()).toContain("✓ 1 file compiled");
    expect(readFileSync(path("generated/greet.ts"), "utf8")).toContain("Good day");

    expect(await build.interrupt()).toEqual({ code: 0, stdout: "" });
  });

  it("lives through broken texts, files that come and go, and a configuration that changes", async () => {
    write("greet.durable", greet("data.name"));
    const build = watching("build", ".", "--watch");
    await build.round();

    write("greet.durable", greet("(data"));
    expect(await build.round()).toContain("✗ 1 error in 1 file");

    write("greet.durable", greet("data.name"));
    expect(await build.round()).toContain("✓ 1 file compiled");

    write("more.durable", greet("nothing").replaceAll("greet", "more"));
    expect(await build.round()).toContain("There is no variable `nothing` here.");

    rmSync(path("more.durable"));
    expect(await build.round()).toContain("✓ 1 file compiled");

    write("durable.config.json", `{ "out": "made" }`);
    expect(await build.round()).toContain("✓ 1 file compiled");
    expect(existsSync(path("made/greet.ts"))).toBe(true);

    rmSync(path("greet.durable"));
    expect(await build.round()).toContain("error:");

    write("greet.durable", greet("1"));
    expect(await build.round()).toContain("✓ 1 file compiled");
    expect(await build.interrupt()).toEqual({ code: 0, stdout: "" });
  });

  // Each look starts a TypeScript compiler.
  it("looks at TypeScript again when it has changed", { timeout: 90_000 }, async () => {
    write("mailer.ts", "export function deliver(to: string): boolean { return to !== ''; }\n");
    write("greet.durable", `import Mailer, from: "./mailer"\n\n${greet("Mailer.deliver(data.name)")}`);
    const build = watching("build", ".", "--watch");
    expect(await build.round()).toContain("✓ 1 file compiled");

    write("mailer.ts", "export function deliver(to: number): boolean { return to !== 0; }\n");
    expect(await build.round()).toContain("type/bad-argument");
    expect(await build.interrupt()).toEqual({ code: 0, stdout: "" });
  });
});
