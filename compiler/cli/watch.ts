/** `durablec build --watch`: builds, says what came of it, and builds again whenever something has changed. */
import { resolve } from "node:path";
import type { BuildRequest, OutputFile, ProjectBuild } from "../build.ts";
import { reportFailure } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

/** Says what a build came to; `written` is the number of its files that have changed. */
export type ReportBuild = (built: ProjectBuild, files: readonly OutputFile[], written: number) => Promise<void>;

/** What is to be written of a build. */
export type OutputsOf = (built: ProjectBuild) => Promise<readonly OutputFile[]>;

export interface WatchedBuild {
  readonly request: BuildRequest;
  readonly outputsOf: OutputsOf;
  readonly report: ReportBuild;
}

/** Goes on until the user has had enough: then it ends in order. */
export async function watchBuilds({ request, outputsOf, report }: WatchedBuild, terminal: Terminal): Promise<void> {
  const { createBuilder, removeFiles, writeFiles } = await import("../build.ts");
  const { watchProject } = await import("../project/watch.ts");
  const written = new Set<string>();
  const build = createBuilder(request);
  const buildOnce = async () => {
    const built = await build();
    const files = await outputsOf(built);
    const changed = writeFiles(files);
    removeFiles(built.leftovers);
    const own = [...files.map(({ path }) => path), ...built.leftovers];
    for (const path of own) written.add(resolve(path)).add(resolve(`${path}.map`));
    clear(terminal);
    await report(built, files, changed.length);
  };

  const { paths, cwd } = request;
  const watching = await watchProject({ paths, cwd, isOwn: (file) => written.has(file) });
  const interrupted = new Promise<"interrupted">((leave) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => leave("interrupted"));
  });
  do {
    const start = performance.now();
    try {
      await buildOnce();
    } catch (thrown) {
      clear(terminal);
      reportFailure(thrown, terminal);
    }
    const took = Math.round(performance.now() - start);
    terminal.note(terminal.colors.dim(`Took ${took} ms. Watching for changes; Ctrl-C ends it.`));
  } while ((await Promise.race([watching.change(), interrupted])) !== "interrupted");
  await watching.stop();
}

/** The screen and what has scrolled off it, so that what is shown is what holds. */
function clear({ live }: Terminal): void {
  if (live) process.stderr.write("\u001B[2J\u001B[3J\u001B[H");
}
