// Regenerates what is generated and committed: what the compiler makes of examples/, and pages printed from its tables.
// `--check` writes nothing and fails when something committed is not what would be written.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { compileProject, renderDiagnostics, rulesPage } from "durablec";
import { editorFiles } from "./gen/editors.js";
import { grammarFiles } from "./gen/grammar.js";

const root = import.meta.dirname;
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const outputs = new Map([
  ...(await compiledExamples()),
  ["docs/diagnostics.md", rulesPage()],
  ...grammarFiles(),
  ...editorFiles(),
]);
const stale = ["generated", "docs/grammar"].flatMap(filesBelow).filter((path) => !outputs.has(path));
const changed = [...outputs].filter(([path, text]) => read(path) !== text).map(([path]) => path);

if (values.check) report([...changed, ...stale]);
else write();

/** Text by path, relative to the root. */
async function compiledExamples() {
  const built = await compileProject({ paths: ["examples"], cwd: root, out: "generated", strict: true });
  if (built.diagnostics.length > 0) fail(renderDiagnostics(built.diagnostics, { colors: false }));
  return built.files.flatMap(({ path, code, map }) => [
    [relative(root, path), code],
    [`${relative(root, path)}.map`, map],
  ]);
}

function write() {
  for (const path of stale) rmSync(join(root, path));
  for (const path of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), outputs.get(path));
  }
  console.log(`${changed.length} of ${outputs.size} generated files written, ${stale.length} removed`);
}

function report(drifted) {
  if (drifted.length > 0)
    fail(`Not as generated: ${drifted.join(", ")}. Run \`npm run gen\` and commit what it writes.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function read(path) {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null;
}

function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
