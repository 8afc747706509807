import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const bins: { readonly [program: string]: string } = {
  durablec: join(root, "compiler/bin/durablec.js"),
  durable: join(root, "runtime/bin/durable.js"),
};
const folder = mkdtempSync(join(tmpdir(), "durablec-completions-"));

beforeAll(() => {
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "tea shop.durable"), "");
  writeFileSync(join(folder, "notes.txt"), "");
});

afterAll(() => rmSync(folder, { recursive: true }));

const scripts = new Map<string, string>();

/** The file that `durablec completions`, or that of `durable`, has printed for a shell. */
function scriptFor(shell: string, program = "durablec"): string {
  const path = join(folder, `.${program}.${shell}`);
  if (!scripts.has(path)) {
    scripts.set(path, spawnSync(process.execPath, [bins[program]!, "completions", shell], { encoding: "utf8" }).stdout);
    writeFileSync(path, scripts.get(path)!);
  }
  return path;
}

function run(command: string, ...args: string[]): string[] {
  const { stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr);
  return stdout.split("\n").filter((line) => line !== "");
}

/** What bash offers for the last of these words. */
function bash(...words: string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const [program] = words;
  const ask = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _${program}; printf '%s\\n' "\${COMPREPLY[@]}"`;
  // Outside of a completion, `compopt` has nothing to set.
  return run("bash", "--norc", "-c", `source '${scriptFor("bash", program)}'; compopt() { :; }; ${ask}`);
}

const installed = (shell: string) => spawnSync(shell, ["--version"]).status === 0;

describe("completions for bash", () => {
  it("offer commands", () => {
    expect(bash("durablec", "e")).toEqual(["explain"]);
    expect(bash("durablec", "")).toEqual(expect.arrayContaining(["build", "check", "graph", "init", "run"]));
    expect(bash("durablec", "--v")).toEqual(["--version"]);
  });

  it("offer the options of the command, and the values that an option takes", () => {
    expect(bash("durablec", "check", "--st")).toEqual(["--strict"]);
    expect(bash("durablec", "graph", "src", "--format", "")).toEqual(["mermaid", "dot", "svg"]);
    expect(bash("durablec", "build", "--out", "s")).toEqual(["src"]);
    expect(bash("durablec", "run", "--id", "s")).toEqual([]);
  });

  it("offer folders and .durable files as sources, whatever is in their names", () => {
    expect(bash("durablec", "check", "")).toEqual(["src", "tea shop.durable"]);
  });

  it("offer the codes that can be explained", () => {
    expect(bash("durablec", "explain", "timeout/miss")).toEqual(["timeout/missing"]);
  });
});

describe("completions of durable", () => {
  it("offer its commands and options", () => {
    expect(bash("durable", "sche")).toEqual(["schedules"]);
    expect(bash("durable", "")).toEqual(expect.arrayContaining(["worker", "list", "show", "doctor", "completions"]));
    expect(bash("durable", "cleanup", "--ol")).toEqual(["--older-than"]);
  });

  it("offer statuses, actions and modules", () => {
    expect(bash("durable", "list", "--status", "comple")).toEqual(["completed"]);
    expect(bash("durable", "queues", "")).toEqual(["pause", "resume", "drain"]);
    expect(bash("durable", "schedules", "t")).toEqual(["trigger"]);
    expect(bash("durable", "worker", "--workflows", "n")).toEqual(["notes.txt"]);
  });
});

describe.skipIf(!installed("fish"))("completions for fish", () => {
  const fish = (line: string) =>
    run("fish", "--no-config", "-c", `source '${scriptFor("fish")}'; complete -C '${line}'`).map(
      (offer) => offer.split("\t")[0],
    );

  it("offer commands, options, values and sources", () => {
    expect(fish("durablec ex")).toEqual(["explain"]);
    expect(fish("durablec check --str")).toEqual(["--strict"]);
    expect(fish("durablec graph --format s")).toEqual(["svg"]);
    expect(fish("durablec explain timeout/miss")).toEqual(["timeout/missing"]);
    expect(fish("durablec check ")).toEqual(expect.arrayContaining(["src/", "tea shop.durable"]));
  });
});

describe.skipIf(!installed("zsh"))("completions for zsh", () => {
  /** Types a line and a tab into an interactive zsh, and gives what the line becomes. */
  function zsh(line: string): string {
    const session = `
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "PS1=; unsetopt beep; autoload -U compinit; compinit -D -u; source '${scriptFor("zsh")}'"
      zpty -w shell "bindkey '^I' complete-word; show() { print -r -- \\"<\\$BUFFER>\\"; zle kill-buffer }; zle -N show; bindkey '^X' show; print ready"
      zpty -r shell answer $'*\\nready*'
      zpty -w -n shell ${JSON.stringify(line)}$'\\t\\x18'
      zpty -r shell answer '*<*>*'
      print -r -- \${\${answer##*<}%%>*}`;
    return run("zsh", "-f", "-c", session).join("\n");
  }

  it("complete commands, options and values", () => {
    expect(zsh("durablec ex")).toBe("durablec explain ");
    expect(zsh("durablec check --str")).toBe("durablec check --strict ");
    expect(zsh("durablec graph --format sv")).toBe("durablec graph --format svg ");
    expect(zsh("durablec explain timeout/miss")).toBe("durablec explain timeout/missing ");
  });
});
