// Bundles each package into dist/, so that commands start fast: JavaScript by esbuild, declarations by tsc.
// `npm ci` runs it through `prepare`. A package's dependencies stay outside its bundle; its devDependencies go in.
import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const root = import.meta.dirname;

const entries = {
  grammar: ["index.ts"],
  runtime: ["index.ts", "cli/cli.ts", "opentelemetry/opentelemetry.ts", "schedules/schedules.ts", "testing/testing.ts"],
  compiler: [
    "index.ts",
    "cli/cli.ts",
    "bundler/esbuild.ts",
    "bundler/rollup.ts",
    "bundler/vite.ts",
    "bundler/webpack.ts",
  ],
  "compiler/prettier-plugin": ["index.ts"],
};

// Bundled CommonJS packages call `require` for Node's own modules.
const requireForCommonJs = `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`;

const options = { declarations: { type: "boolean", default: true } };
const { values, positionals } = parseArgs({ options, allowNegative: true, allowPositionals: true });
const packages = positionals.length > 0 ? positionals : Object.keys(entries);

for (const name of packages) await bundle(name);
// Editors link what a diagnostic means to this page.
if (packages.includes("compiler")) copyFileSync(`${root}/docs/diagnostics.md`, `${root}/compiler/dist/diagnostics.md`);
if (packages.includes("runtime")) execFileSync(process.execPath, [`${root}/runtime/store/postgres/template/build.js`]);
if (values.declarations) for (const name of packages) declare(name);

async function bundle(name) {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(`${root}/${name}/package.json`, "utf8"));
  const outdir = `${root}/${name}/dist`;
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: entries[name].map((entry) => `${root}/${name}/${entry}`),
    outdir,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // Of a short command, a fifth of the time goes by while its JavaScript is read.
    minifyWhitespace: name === "compiler",
    minifySyntax: name === "compiler",
    sourcemap: true,
    sourcesContent: false,
    conditions: ["@durablec/source"],
    mainFields: ["module", "main"],
    external: [...Object.keys(dependencies), ...Object.keys(peerDependencies)],
    plugins: [filesBeside(`${root}/${name}`, outdir)],
    banner: { js: requireForCommonJs },
    logLevel: "warning",
  });
  removeStale(outdir, new Set(Object.keys(metafile.outputs).map((path) => join(root, path))));
}

/** Only after the new files stand, so that a command that is running finds its chunks for as long as possible. */
function removeStale(outdir, current) {
  for (const entry of readdirSync(outdir, { withFileTypes: true })) {
    const path = join(outdir, entry.name);
    if (entry.isFile() && !current.has(path)) rmSync(path);
  }
}

/** Sources read the files that ship with them by `new URL("./file", import.meta.url)`; a bundle stands elsewhere. */
function filesBeside(folder, outdir) {
  return {
    name: "files-beside",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!path.startsWith(folder) || path.includes("node_modules")) return undefined;
        const contents = (await readFile(path, "utf8")).replace(
          /new URL\("(\.[^"]*)", import\.meta\.url\)/g,
          (_, file) => `new URL(${JSON.stringify(fromBundle(resolve(dirname(path), file), file))}, import.meta.url)`,
        );
        return { contents, loader: "ts" };
      });
    },
  };
  function fromBundle(target, written) {
    return `${join(relative(outdir, target))}${written.endsWith("/") ? "/" : ""}`;
  }
}

function declare(name) {
  const tsc = `${root}/node_modules/typescript7/bin/tsc`;
  execFileSync(process.execPath, [tsc, "--project", `${root}/${name}/tsconfig.json`], { stdio: "inherit" });
}
