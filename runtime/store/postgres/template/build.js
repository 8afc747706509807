// Writes the directory image that a new embedded database begins as, unless the one for these migrations is there.
// `npm ci` runs it through `prepare`. The sources are bundled beside themselves, because they read files from there.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const bundle = new URL("../template.built.js", import.meta.url);

await build({
  entryPoints: [fileURLToPath(new URL("../template.ts", import.meta.url))],
  outfile: fileURLToPath(bundle),
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
});
try {
  const { templateFile, writeTemplate } = await import(bundle.href);
  if (!existsSync(templateFile())) {
    for (const old of readdirSync(here).filter((file) => file.endsWith(".tar.gz"))) rmSync(new URL(old, here));
    await writeTemplate();
  }
} finally {
  rmSync(bundle);
}
