/** Worker programs as child processes: bundled once, started with or without an armed test point, stopped, killed. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

/** A segment has run. */
export interface Effect {
  readonly is: "effect";
  readonly execution: string;
  readonly segment: string;
  readonly key: string;
  readonly pid: number;
  readonly at: number;
}

/** A process did not run for a while. */
export interface Pause {
  readonly is: "pause";
  readonly pid: number;
  readonly from: number;
  readonly to: number;
}

/** A worker has given back what was in its name without being in its hand. */
export interface Stray {
  readonly is: "stray";
  readonly pid: number;
  readonly told: string;
}

/** What the processes write down; times are `uptime()`s. */
export type Record = Effect | Pause | Stray;

export interface WorkerOptions {
  /** A test point, `name`, `name:n` or `name:n:SIGSTOP`. */
  readonly armed?: string;
  /** A segment in which it stops by SIGSTOP, the first time, after its effect. */
  readonly stopsIn?: string;
  readonly leaseMs?: number;
  /** How far its clock is ahead. */
  readonly skewMs?: number;
  /** Starts so many orders itself. */
  readonly orders?: number;
  /** Says nothing of the failures that it gets over, but writes down what nobody may bring about. */
  readonly quiet?: boolean;
}

export interface WorkerProcess {
  readonly pid: number;
  /** Resolves when it claims. */
  readonly working: Promise<void>;
  /** Resolves when it says that everything has ended. */
  readonly through: Promise<void>;
  /** Resolves when it stands still by SIGSTOP. */
  stopped(): Promise<void>;
  /** The signal it died of, or null for an orderly end. */
  readonly ended: Promise<NodeJS.Signals | null>;
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface Workshop {
  spawn(url: string, options?: WorkerOptions): WorkerProcess;
  /** What the workers have written down so far, in order. */
  records(): readonly Record[];
  /** How many they are, about. */
  size(): number;
  /** Kills what is left and removes the files. */
  close(): Promise<void>;
}

const BYTES_A_RECORD = 200;

/** Bundles the worker program with the compiled modules, where it finds the repository's packages. */
export async function openWorkshop(modules: readonly string[]): Promise<Workshop> {
  const root = join(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(root, "node_modules/.cache-faults-"));
  const program = join(folder, "worker.mjs");
  const log = join(folder, "effects");
  writeFileSync(log, "");
  await build({
    stdin: { contents: programOf(modules), resolveDir: import.meta.dirname },
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@durablec/source"],
    external: ["pg", "zod", "@electric-sql/pglite", "@electric-sql/pglite/*"],
    sourcemap: "inline",
    plugins: [inPlace],
  });
  const running = new Set<ChildProcess>();
  return {
    spawn: (url, { armed = "", stopsIn = "", leaseMs = 500, skewMs = 0, orders, quiet = false } = {}) => {
      const clock = { LEASE_MS: String(leaseMs), CLOCK_SKEW_MS: String(skewMs) };
      const begins = orders === undefined ? {} : { ORDERS: String(orders) };
      const settings = { ...clock, ...begins, STOPS_IN: stopsIn, ...(quiet && { QUIET: "yes" }) };
      const env = { ...process.env, DATABASE_URL: url, EFFECTS: log, DURABLE_TESTPOINT: armed, ...settings };
      const child = spawn(process.execPath, [program], { env, stdio: ["pipe", "pipe", "inherit"] });
      running.add(child);
      child.once("exit", () => running.delete(child));
      return workerProcess(child);
    },
    records: () =>
      readFileSync(log, "utf8")
        .split("\n")
        .flatMap((line) => wholeRecord(line) ?? []),
    size: () => Math.ceil(statSync(log).size / BYTES_A_RECORD),
    close: async () => {
      const gone = Promise.all([...running].map((child) => once(child, "exit")));
      for (const child of running) child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Null for a line whose writer was killed, or is at it: what it stands for was not done. */
function wholeRecord(line: string): Record | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function workerProcess(child: ChildProcess): WorkerProcess {
  const ended = once(child, "exit").then(([, signal]) => signal as NodeJS.Signals | null);
  return {
    pid: child.pid!,
    working: Promise.race([once(child.stdout!, "data"), ended]).then(() => {}),
    ended,
    through: new Promise((resolve) => {
      child.stdout!.on("data", (said: Buffer) => said.includes("ended") && resolve());
    }),
    stopped: async () => {
      while (!stateOf(child.pid!).startsWith("T")) await after(20);
    },
    signal: (signal) => void child.kill(signal),
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** As `ps` shows it: T while the process is stopped. */
function stateOf(pid: number): string {
  return execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" }).trim();
}

function programOf(modules: readonly string[]): string {
  const imports = modules.map((path, n) => `import * as module${n} from ${JSON.stringify(path)};`);
  const machines = modules.map((_, n) => `...Object.values(module${n})`).join(", ");
  return `import "./skewed-clock.ts";
    ${imports.join("\n")}
    import { serve } from "./worker-program.ts";
    await serve([${machines}].filter((one) => "states" in one));`;
}

/** Sources that read files beside themselves go on finding them. */
const inPlace: Plugin = {
  name: "in-place",
  setup({ onLoad }) {
    onLoad({ filter: /runtime\/.*\.ts$/ }, async ({ path }) => {
      const url = JSON.stringify(pathToFileURL(path).href);
      return { contents: (await readFile(path, "utf8")).replaceAll("import.meta.url", url), loader: "ts" };
    });
  },
};
