// Bundles each package into dist/ (JavaScript by esbuild, declarations by tsc). Run by `npm ci` through `prepare`.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const packages = {
  grammar: ["index.ts"],
  compiler: ["index.ts", "cli/cli.ts"],
  runtime: ["index.ts", "cli/cli.ts"],
};

for (const [name, entries] of Object.entries(packages)) {
  const manifest = JSON.parse(readFileSync(`${name}/package.json`, "utf8"));
  await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: entries.map((entry) => `${name}/${entry}`),
    outdir: `${name}/dist`,
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
    conditions: ["@durablec/source"],
    external: manifest.bundleExternal ?? [],
  });
}
