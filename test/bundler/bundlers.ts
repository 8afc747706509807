/** The same app through each bundler: `src/main.mjs` to `out/main.mjs` with a map. */
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";
import { durable as durableEsbuild } from "../../compiler/bundler/esbuild.ts";
import type { DurableOptions } from "../../compiler/bundler/options.ts";
import { durable as durableRollup } from "../../compiler/bundler/rollup.ts";
import { durable as durableVite } from "../../compiler/bundler/vite.ts";
import { durable as durableWebpack } from "../../compiler/bundler/webpack.ts";
import type { App, Language } from "./app.ts";

export interface Bundler {
  readonly name: string;
  /** What it reads without further plugins. */
  readonly language: Language;
  /** Rejects with what the bundler says is wrong. */
  readonly bundle: (app: App, options?: DurableOptions) => Promise<void>;
}

const external = /^(@durablec\/|node:)/;

export const bundlers: readonly Bundler[] = [
  { name: "esbuild", language: "TypeScript", bundle: withEsbuild },
  { name: "Vite", language: "TypeScript", bundle: withVite },
  { name: "Rollup", language: "JavaScript", bundle: withRollup },
  { name: "webpack", language: "JavaScript", bundle: withWebpack },
];

async function withEsbuild(app: App, options: DurableOptions = {}): Promise<void> {
  await esbuild({
    absWorkingDir: app.root,
    entryPoints: ["src/main.mjs"],
    outfile: "out/main.mjs",
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    sourcemap: true,
    logLevel: "silent",
    plugins: [durableEsbuild({ root: app.root, ...options })],
  });
}

async function withVite(app: App, options: DurableOptions = {}): Promise<void> {
  await vite({
    root: app.root,
    configFile: false,
    logLevel: "silent",
    plugins: [durableVite({ root: app.root, ...options })],
    build: {
      ssr: app.path("src/main.mjs"),
      outDir: app.path("out"),
      sourcemap: true,
      minify: false,
      target: "node20",
      rolldownOptions: { external, output: { entryFileNames: "main.mjs" } },
    },
  });
}

async function withRollup(app: App, options: DurableOptions = {}): Promise<void> {
  const built = await rollup({
    input: app.path("src/main.mjs"),
    external,
    plugins: [durableRollup({ root: app.root, ...options })],
  });
  await built.write({ file: app.path("out/main.mjs"), format: "es", sourcemap: true });
}

async function withWebpack(app: App, options: DurableOptions = {}): Promise<void> {
  const compiler = webpack({
    context: app.root,
    mode: "development",
    devtool: "source-map",
    target: "node20",
    entry: app.path("src/main.mjs"),
    experiments: { outputModule: true },
    output: { path: app.path("out"), filename: "main.mjs", module: true, chunkFormat: "module" },
    externalsType: "module",
    externals: [({ request = "" }, done) => (external.test(request) ? done(undefined, request) : done())],
    plugins: [durableWebpack({ root: app.root, ...options })],
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((failed, stats) => {
      const { errors = [] } = stats?.toJson({ errors: true }) ?? {};
      if (failed ?? errors.length > 0) reject(failed ?? new Error(errors.map(({ message }) => message).join("\n")));
      else resolve();
    });
  });
}
