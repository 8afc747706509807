/** An engine in a process of its own, so that none shares a heap or an event loop with another or with the harness. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Effort, EngineOptions, Work } from "./engine.ts";
import type { Answer, Order, Usage } from "./host.ts";

export interface HostedEngine {
  readonly open: (options: EngineOptions) => Promise<Effort>;
  readonly run: (work: Work) => Promise<Effort>;
  readonly close: () => Promise<Effort>;
  readonly usage: () => Promise<Usage>;
  /** Ends the process. */
  readonly end: () => void;
}

/** `module` is relative to the benchmark's folder; `nodeOptions` such as `--cpu-prof`. */
export async function hosted(module: string, nodeOptions: readonly string[] = []): Promise<HostedEngine> {
  const folder = join(import.meta.dirname, "..");
  const child = fork(join(import.meta.dirname, "host.ts"), [join(folder, module)], {
    execArgv: ["--import", "tsx", ...nodeOptions],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await answered(child);
  const obey = async (order: Order): Promise<Effort> => {
    child.send(order);
    return (await answered(child)).effort;
  };
  return {
    open: (options) => obey({ do: "open", options }),
    run: (work) => obey({ do: "run", work }),
    close: () => obey({ do: "close" }),
    usage: async () => {
      child.send({ do: "usage" } satisfies Order);
      return (await answered(child)).usage!;
    },
    end: () => void child.disconnect(),
  };
}

type Done = Extract<Answer, { readonly effort: Effort }>;

function answered(child: ChildProcess): Promise<Done> {
  return new Promise((resolve, reject) => {
    const exited = (code: number | null): void => reject(new Error(`an engine's process ended with ${code}`));
    child.once("exit", exited);
    child.once("message", (answer: Answer) => {
      child.off("exit", exited);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer);
    });
  });
}
