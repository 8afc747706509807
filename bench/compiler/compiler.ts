import type { Bench, Part } from "../harness/bench.ts";
import { measured } from "../harness/statistics.ts";
import {
  type Measurement,
  measureCheck,
  measureElixirParse,
  measureHelp,
  measureKeystroke,
  measureMemory,
  measureNode,
  measureParse,
  measureRebuild,
  measureTsc,
} from "./measure.ts";

export const compiler: Part = {
  name: "compiler",
  about: "how fast the compiler answers, beside tsc and Elixir's parser on the same work",
  run: async (bench) => {
    await parsing(bench);
    await cold(bench);
    await warm(bench);
  },
};

async function parsing(bench: Bench): Promise<void> {
  const [workflows, rounds] = bench.quick ? [50, 2] : [300, 5];
  const ours = await measureParse(workflows, rounds);
  const elixir = await measureElixirParse(workflows, rounds);
  bench.table({
    id: "parse",
    title: "Parsing",
    columns: ["", "MB/s"],
    rows: [row("durablec", ours), ...(elixir ? [row("Elixir, Code.string_to_quoted!", elixir)] : [])],
    note: "Both in a process that has warmed up.",
    chart: { columns: ["MB/s"], unit: "MB/s" },
  });
}

async function cold(bench: Bench): Promise<void> {
  const workflows = bench.quick ? 100 : 1000;
  const [short, long] = bench.quick ? [3, 1] : [9, 3];
  const one = await measureCheck(1, short);
  const many = await measureCheck(workflows, long);
  const tsc = await measureTsc(workflows, long);
  bench.table({
    id: "check",
    title: "Commands, from start to end",
    columns: ["", "ms"],
    rows: [
      row("node that does nothing", await measureNode(short)),
      row("durablec --help", await measureHelp(short)),
      row("durablec check, 1 workflow", one),
      row(`durablec check, ${workflows} workflows`, many),
      ...tsc.map((found) => row(tscName(found, workflows), found)),
    ],
    note: "100 lines a workflow; tsc checks what durablec build has made of the same workflows.",
    chart: { columns: ["ms"], unit: "ms", scale: "log" },
  });
  bench.goal("check_one_ms", one.value);
  if (!bench.quick) bench.goal("check_1000_ms", many.value);
}

function tscName({ id }: Measurement, workflows: number): string {
  return `${id === "tsc" ? "tsc 6" : "tsc 7 (native)"} --noEmit, ${workflows} workflows`;
}

async function warm(bench: Bench): Promise<void> {
  const workflows = bench.quick ? 100 : 1000;
  const rebuild = await measureRebuild(workflows, bench.quick ? 5 : 15);
  const keystroke = await measureKeystroke(bench.quick ? 10 : 40);
  const memory = await measureMemory(workflows);
  bench.table({
    id: "rebuild",
    title: "After one change",
    columns: ["", "ms"],
    rows: [
      row(`check and emit, ${workflows} workflows`, rebuild),
      row("diagnostics after a keystroke, 1,000-line file, 200 files", keystroke),
    ],
    note: `The process with all of it takes ${Math.round(memory.value)} MB.`,
    chart: { columns: ["ms"], unit: "ms" },
  });
  if (!bench.quick) bench.goal("rebuild_ms", rebuild.value);
}

function row(name: string, { samples }: Measurement) {
  return [name, measured(samples)] as const;
}
