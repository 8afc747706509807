/** What each construct becomes. `UPDATE_CORPUS=1` writes the trees that come out: read the difference before you commit. */
import { describe, expect, it } from "vitest";
import { build } from "./build.ts";
import { corpusFiles, holdsExpressions, wholeOf, writeCorpus } from "./corpus.ts";
import { show } from "./show.ts";

function treeOf(name: string, source: string): string {
  const { file, reports } = build(wholeOf(name, source));
  const [item] = file.modules[0]?.items ?? [];
  const body = holdsExpressions(name) && item?.kind === "functionClause" ? item.body?.expressions : null;
  return [...reports, ...(body ?? file.modules).map((node) => show(node))].join("\n").trim();
}

if (process.env.UPDATE_CORPUS) {
  for (const { name, cases } of corpusFiles()) {
    writeCorpus({ name, cases: cases.map((each) => ({ ...each, tree: treeOf(name, each.source) })) });
  }
}

for (const { name, cases } of corpusFiles()) {
  describe(name.replace(".txt", ""), () => {
    it.each(cases)("$title", ({ source, tree }) => {
      expect(treeOf(name, source)).toBe(tree);
    });
  });
}
