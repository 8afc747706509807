/** The process that one engine lives in: does what it is told over IPC, and says what it took. Started by hosted.ts. */
import type { Effort, Engine, EngineOptions, Work } from "./engine.ts";

export type Order =
  | { readonly do: "open"; readonly options: EngineOptions }
  | { readonly do: "run"; readonly work: Work }
  | { readonly do: "close" }
  /** What the process has used since it began. */
  | { readonly do: "usage" };

export type Answer = { readonly effort: Effort; readonly usage?: Usage } | { readonly error: string };

export interface Usage {
  readonly cpuMs: number;
  readonly memoryMb: number;
}

const [path] = process.argv.slice(2);
const { engine } = (await import(path!)) as { readonly engine: Engine };

process.on("message", (order: Order) => {
  void obey(order).then((answer) => process.send!(answer));
});
process.send!({ effort: { ms: 0, cpuMs: 0 } } satisfies Answer);

async function obey(order: Order): Promise<Answer> {
  const began = performance.now();
  const before = process.cpuUsage();
  try {
    if (order.do === "open") await engine.open(order.options);
    if (order.do === "run") await engine.run(order.work);
    if (order.do === "close") await engine.close();
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  if (order.do === "usage") return { effort: { ms: 0, cpuMs: 0 }, usage: usage() };
  const { user, system } = process.cpuUsage(before);
  return { effort: { ms: performance.now() - began, cpuMs: (user + system) / 1000 } };
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, memoryMb: process.memoryUsage().rss / 2 ** 20 };
}
