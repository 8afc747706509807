/** The parts of the benchmark, in the order they are run; each is loaded when it is asked for. */
import type { Part } from "./harness/bench.ts";

export const PARTS: { readonly [name: string]: () => Promise<Part> } = {
  sequential: async () => (await import("./runtime/sequential.ts")).sequential,
  children: async () => (await import("./runtime/children.ts")).children,
  latency: async () => (await import("./runtime/latency.ts")).latency,
  resume: async () => (await import("./runtime/resume.ts")).resume,
  sleepers: async () => (await import("./runtime/sleepers.ts")).sleepers,
  workers: async () => (await import("./runtime/workers.ts")).workers,
  embedded: async () => (await import("./runtime/embedded.ts")).embedded,
  compiler: async () => (await import("./compiler/compiler.ts")).compiler,
};
