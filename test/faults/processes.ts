/** Worker programs as child processes: bundled once, started with or without an armed test point, killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

export interface WorkerProcess {
  /** Resolves when it claims. */
  readonly working: Promise<void>;
  /** The signal it died of, or null for an orderly end. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface Workshop {
  /** `armed` is a test point, `name` or `name:n`. */
  spawn(url: string, armed?: string): WorkerProcess;
  /** Every segment run so far, by any worker, in order: `execution segment`. */
  effects(): readonly string[];
  /** Kills what is left and removes the files. */
  close(): Promise<void>;
}

/** Bundles the worker program with the compiled module at `orders`, where it finds the repository's packages. */
export async function openWorkshop(orders: string): Promise<Workshop> {
  const root = join(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(root, "node_modules/.cache-faults-"));
  const program = join(folder, "worker.mjs");
  const log = join(folder, "effects");
  writeFileSync(log, "");
  await build({
    stdin: {
      contents: `import { Order } from ${JSON.stringify(orders)}; import { serve } from "./worker-program.ts"; await serve(Order);`,
      resolveDir: import.meta.dirname,
    },
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
    spawn: (url, armed = "") => {
      const env = { ...process.env, DATABASE_URL: url, EFFECTS: log, DURABLE_TESTPOINT: armed };
      const child = spawn(process.execPath, [program], { env, stdio: ["pipe", "pipe", "inherit"] });
      running.add(child);
      child.once("exit", () => running.delete(child));
      const ended = once(child, "exit").then(([, signal]) => signal as NodeJS.Signals | null);
      return {
        working: Promise.race([once(child.stdout, "data"), ended]).then(() => {}),
        ended,
        end: async (signal) => {
          child.kill(signal);
          await ended;
        },
      };
    },
    effects: () => readFileSync(log, "utf8").split("\n").slice(0, -1),
    close: async () => {
      const gone = Promise.all([...running].map((child) => once(child, "exit")));
      for (const child of running) child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
