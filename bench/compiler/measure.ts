/** The measurements of the compiler; each gives its samples, of which the part makes tables. */
import { join } from "node:path";
import { parseFile } from "@durablec/grammar";
import { type GeneratedFile, generateProject } from "./generate.ts";
import { node, timed } from "./processes.ts";
import { durablec, onDisk, projectOf, root, sessionOf, write } from "./project.ts";

export interface Measurement {
  readonly id: string;
  readonly unit: "ms" | "MB/s" | "MB";
  /** The one in the middle. */
  readonly value: number;
  readonly samples: readonly number[];
}

function measurement(id: string, unit: Measurement["unit"], samples: readonly number[]): Measurement {
  const sorted = [...samples].sort((a, b) => a - b);
  return { id, unit, value: sorted[Math.floor(sorted.length / 2)]!, samples };
}

async function repeated(times: number, sample: (round: number) => Promise<number> | number): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < times; round += 1) samples.push(await sample(round));
  return samples;
}

function since(start: number): number {
  return performance.now() - start;
}

/** Text to concrete tree, in a process that has warmed up. */
export async function measureParse(workflows: number, rounds: number): Promise<Measurement> {
  const files = projectOf(workflows);
  const megabytes = sizeOf(files);
  const samples = await repeated(rounds + 1, () => {
    const start = performance.now();
    for (const { text } of files) parseFile(text);
    return megabytes / (since(start) / 1000);
  });
  return measurement("parse", "MB/s", samples.slice(1));
}

/** Elixir's own parser on the same text, likewise; null where there is no Elixir. */
export async function measureElixirParse(workflows: number, rounds: number): Promise<Measurement | null> {
  const files = projectOf(workflows);
  return await onDisk(files, (folder) => {
    const run = timed("elixir", ["-e", elixirParse(folder, rounds)]);
    if (run === null) return null;
    const seconds = run.stdout
      .trim()
      .split("\n")
      .map((micros) => Number(micros) / 1e6);
    return measurement(
      "parse_elixir",
      "MB/s",
      seconds.slice(1).map((taken) => sizeOf(files) / taken),
    );
  });
}

function elixirParse(folder: string, rounds: number): string {
  return `
    texts = Path.wildcard("${folder}/**/*.durable") |> Enum.map(&File.read!/1)
    for _ <- 0..${rounds} do
      {micros, _} = :timer.tc(fn -> Enum.each(texts, &Code.string_to_quoted!/1) end)
      IO.puts(micros)
    end`;
}

function sizeOf(files: readonly GeneratedFile[]): number {
  return files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
}

/** A process that does nothing. */
export async function measureNode(rounds: number): Promise<Measurement> {
  return measurement("node", "ms", await repeated(rounds, () => node("-e", "0")));
}

export async function measureHelp(rounds: number): Promise<Measurement> {
  return measurement("help", "ms", await repeated(rounds, () => node(durablec, "--help")));
}

/** `durablec check` from start to end, of this many workflows of 100 lines. */
export async function measureCheck(workflows: number, rounds: number): Promise<Measurement> {
  const id = workflows === 1 ? "check_one" : `check_${workflows}`;
  return await onDisk(projectOf(workflows), async (folder) =>
    measurement(id, "ms", await repeated(rounds, () => node(durablec, "check", folder))),
  );
}

/** `tsc --noEmit` on what `durablec build` makes of the same project: the one in JavaScript, and the native one. */
export async function measureTsc(workflows: number, rounds: number): Promise<Measurement[]> {
  // Inside of this repository, for the runtime's types to be found.
  const output = join(root, "bench/workflows/generated/tsc");
  return await onDisk(projectOf(workflows), async (folder) => {
    node(durablec, "build", folder, "--out", output);
    const options = { strict: true, noEmit: true, skipLibCheck: true, module: "nodenext", target: "es2022" };
    write(join(output, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["**/*.ts"] }));
    const tsc = (name: string) => repeated(rounds, () => node(join(root, `node_modules/${name}`), "-p", output));
    return [
      measurement("tsc", "ms", await tsc("typescript/bin/tsc")),
      measurement("tsc_native", "ms", await tsc("typescript7/bin/tsc")),
    ];
  });
}

/** What a project takes in memory: of the process, after it has been checked. */
export async function measureMemory(workflows: number): Promise<Measurement> {
  const session = sessionOf(projectOf(workflows));
  session.check();
  return measurement("memory", "MB", [process.memoryUsage().rss / 1e6]);
}

/** Check and emit after one change of a body, in a session that has the whole project. */
export async function measureRebuild(workflows: number, rounds: number): Promise<Measurement> {
  const files = projectOf(workflows);
  const session = sessionOf(files);
  session.check();
  await session.emit();
  const { path, text } = files.find((file) => file.path.endsWith("flow7.durable"))!;
  const samples = await repeated(rounds + 3, async (round) => {
    session.update(path, text.replace('"letter"', `"letter ${round}"`));
    const start = performance.now();
    session.check();
    await session.emit();
    return since(start);
  });
  return measurement("rebuild", "ms", samples.slice(3));
}

/** From a keystroke in a file of 1,000 lines to diagnostics, in a project of 200 files. */
export async function measureKeystroke(rounds: number): Promise<Measurement> {
  const files = projectOf(200);
  const long = generateProject({ workflows: 1, lines: 1000, seed: 5 }).find(({ path }) => path.includes("flow"))!;
  const text = long.text.replaceAll("D0.Flow0", "D0.Long");
  const session = sessionOf([...files, { path: "d0/long.durable", text }]);
  session.check();
  const at = text.indexOf('"letter"') + 1;
  const samples = await repeated(rounds + 5, (round) => {
    const start = performance.now();
    session.update("d0/long.durable", text.slice(0, at) + "x".repeat(round + 1) + text.slice(at));
    session.check();
    return since(start);
  });
  return measurement("keystroke", "ms", samples.slice(5));
}
