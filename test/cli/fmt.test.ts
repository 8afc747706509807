import { chmodSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandInFolder } from "./command.ts";

const { durablec, path, write } = commandInFolder();

const rough = `workflow "greet" do
step :hello, fn data -> {:ok, data}
end
end`;

const formatted = `workflow "greet" do
  step :hello, fn data -> {:ok, data} end
end
`;

const long = `workflow "greet" do
  step :hello, fn data -> {:ok, assign(data, :greeting, "hello, whoever you are")} end
end
`;

const broken = `workflow "greet" do
  step :hello, fn data -> {:ok, data end
end
`;

const read = (name: string) => readFileSync(path(name), "utf8");

describe("durablec fmt", () => {
  it("formats files below a folder, and names those it has changed", async () => {
    write("a.durable", formatted);
    write("deep/b.durable", rough);
    const stderr = "✓ 2 files formatted, 1 changed\n";
    expect(await durablec("fmt", ".")).toEqual({ code: 0, stdout: "deep/b.durable\n", stderr });
    expect([read("a.durable"), read("deep/b.durable")]).toEqual([formatted, formatted]);
  });

  it("understands globs that the shell has left alone", async () => {
    write("deep/a.durable", rough);
    write("deep/b.txt", rough);
    expect((await durablec("fmt", "**/*.durable")).stdout).toBe("deep/a.durable\n");
    expect(await durablec("fmt", "none/*.durable")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("No .durable file matches none/*.durable."),
    });
  });

  it("only lists what is not formatted with --check, and exits with 1", async () => {
    write("a.durable", rough);
    write("b.durable", formatted);
    const { code, stdout, stderr } = await durablec("fmt", "--check", ".");
    expect([code, stdout]).toEqual([1, "a.durable\n"]);
    expect(stderr).toBe("✗ 1 of 2 files not formatted; durablec fmt formats them\n");
    expect(read("a.durable")).toBe(rough);
    expect(await durablec("fmt", "--check", "b.durable")).toMatchObject({ code: 0, stdout: "" });
  });

  it("leaves a file with syntax errors alone, shows them, and formats the others", async () => {
    write("a.durable", broken);
    write("b.durable", rough);
    const { code, stdout, stderr } = await durablec("fmt", ".");
    expect([code, stdout]).toEqual([1, "b.durable\n"]);
    expect(stderr).toContain("a.durable:2:");
    expect(stderr).toContain("✗ 2 files formatted, 1 changed, 1 file with syntax errors left alone");
    expect(read("a.durable")).toBe(broken);
  });

  it("takes the width of lines from the nearest prettier configuration", async () => {
    write("a.durable", long);
    write("narrow/.prettierrc", '{ "printWidth": 60 }');
    write("narrow/a.durable", long);
    expect((await durablec("fmt", ".")).stdout).toBe("narrow/a.durable\n");
    expect(read("narrow/a.durable")).toContain("fn data ->\n    {:ok, assign(data");
  });

  it("says which prettier configuration it cannot read", async () => {
    write(".prettierrc", "{");
    write("a.durable", rough);
    const { code, stderr } = await durablec("fmt", ".");
    expect(code).toBe(1);
    expect(stderr).toContain("error: The prettier configuration cannot be read");
    expect(stderr).not.toContain(" at ");
  });

  it("leaves out what .prettierignore lists", async () => {
    write(".prettierignore", "odd/\n");
    write("odd/a.durable", rough);
    write("b.durable", rough);
    expect((await durablec("fmt", ".")).stdout).toBe("b.durable\n");
  });

  it("keeps the mode of a file, and links", async () => {
    write("a.durable", rough);
    chmodSync(path("a.durable"), 0o640);
    symlinkSync(path("a.durable"), path("link.durable"));
    await durablec("fmt", "link.durable");
    expect(read("a.durable")).toBe(formatted);
    expect(statSync(path("a.durable")).mode & 0o777).toBe(0o640);
  });

  it("formats standard input to standard output", async () => {
    write("narrow/.prettierrc", '{ "printWidth": 60 }');
    expect(await durablec.reading(rough, "fmt", "-")).toEqual({ code: 0, stdout: formatted, stderr: "" });
    const narrow = await durablec.reading(long, "fmt", "--stdin-filepath", "narrow/new.durable");
    expect(narrow.stdout).toContain("fn data ->\n    {:ok, assign(data");
  });

  it("prints nothing for standard input that it cannot read, but why", async () => {
    const { code, stdout, stderr } = await durablec.reading(broken, "fmt", "--stdin-filepath", "new.durable");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("new.durable:2:");
  });

  it("says what it needs when it is given nothing", async () => {
    expect(await durablec("fmt")).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: There is nothing to format.\nhelp: Name files or folders, for example: durablec fmt .\n",
    });
  });
});
