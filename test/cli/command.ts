/** Runs the built `durablec` as a user would, in a folder of its own. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

const bin = join(import.meta.dirname, "../../compiler/bin/durablec.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for each test of the file, and the command run in it. */
export function commandInFolder() {
  let folder = "";
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return commandIn(() => folder);
}

/** One folder for all tests of the file, so that what the command has learnt of the app's TypeScript is kept. */
export function commandInSharedFolder() {
  let folder = "";
  beforeAll(() => {
    folder = newFolder();
    mkdirSync(join(folder, "node_modules"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return commandIn(() => folder);
}

function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "durablec-test-")));
}

function commandIn(folder: () => string) {
  const path = (name: string) => join(folder(), name);
  return {
    path,
    /** A file that is as it should be keeps its time. */
    write(name: string, text: string): void {
      if (existsSync(path(name)) && readFileSync(path(name), "utf8") === text) return;
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
    },
    durablec: Object.assign((...args: string[]) => ended(args, folder()), {
      /** The command with this as its standard input. */
      reading: (input: string, ...args: string[]) => ended(args, folder(), input),
    }),
    watching: (...args: string[]) => startWatching(args, folder()),
  };
}

/** A command that goes on until it is interrupted. */
export interface Watching {
  /** What it says about its next round. */
  readonly round: () => Promise<string>;
  readonly interrupt: () => Promise<Omit<Ended, "stderr">>;
}

function startWatching(args: readonly string[], cwd: string): Watching {
  const child = start(args, cwd);
  const end = endOf(child);
  let [said, read] = ["", 0];
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const nextRound = (): string | null => {
    const at = said.indexOf("Ctrl-C ends it.\n", read);
    if (at === -1) return null;
    const from = read;
    read = said.indexOf("\n", at) + 1;
    return said.slice(from, at);
  };
  return {
    round: async () => {
      for (;;) {
        const round = nextRound();
        if (round !== null) return round;
        const chunk = new Promise((heard) => child.stderr.once("data", heard));
        const ended = await Promise.race([chunk.then(() => null), end]);
        if (ended) throw new Error(`it has ended with ${ended.code}: ${said}`);
      }
    },
    interrupt: async () => {
      child.kill("SIGINT");
      const { code, stdout } = await end;
      return { code, stdout };
    },
  };
}

function ended(args: readonly string[], cwd: string, input = ""): Promise<Ended> {
  return endOf(start(args, cwd, input));
}

function start(args: readonly string[], cwd: string, input = "") {
  const { DATABASE_URL, FORCE_COLOR, ...env } = process.env;
  const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  // A command may end without having read it.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return child;
}

function endOf(child: ReturnType<typeof start>): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}
