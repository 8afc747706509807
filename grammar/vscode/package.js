// Packs the extension: the client bundled, the generated grammars beside it, all of it a .vsix in dist/.
// `npm run extension` at the root runs it; `--no-pack` stops before the .vsix.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = import.meta.dirname;
const root = `${here}/../..`;
const vsce = "@vscode/vsce@3.9.2";

const { values } = parseArgs({ options: { pack: { type: "boolean", default: true } }, allowNegative: true });

rmSync(`${here}/dist`, { recursive: true, force: true });
mkdirSync(`${here}/dist`);
for (const file of ["durable.tmLanguage.json", "language-configuration.json"])
  copyFileSync(`${root}/generated/editors/${file}`, `${here}/dist/${file}`);
copyFileSync(`${root}/LICENSE`, `${here}/LICENSE`);

await build({
  absWorkingDir: root,
  entryPoints: [`${here}/client/extension.ts`],
  outfile: `${here}/dist/extension.cjs`,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  external: ["vscode"],
  logLevel: "warning",
});

if (values.pack) {
  const pack = ["vsce", "package", "--no-dependencies", "--allow-missing-repository", "--out", "dist/"];
  execFileSync("npm", ["exec", "--yes", `--package=${vsce}`, "--", ...pack], { cwd: here, stdio: "inherit" });
}
