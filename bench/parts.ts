/** The parts of the benchmark, in the order they are run; each is loaded when it is asked for. */
import type { Part } from "./harness/bench.ts";

export const PARTS: { readonly [name: string]: () => Promise<Part> } = {
  sequential: async () => (await import("./runtime/sequential.ts")).sequential,
  compiler: async () => (await import("./compiler/compiler.ts")).compiler,
};
