import { expect, it } from "vitest";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { renderGithub } from "../../compiler/diagnostics/render/github.ts";
import { sarifOf } from "../../compiler/diagnostics/render/sarif.ts";

const source = { path: "shop/my orders.durable", text: "line one\nline two\nline three\n" };

const found: Diagnostic = {
  code: "ref/collision",
  severity: "error",
  message: "100% sure: twice, and on\ntwo lines.",
  help: "Give it a `ref:`.",
  location: { source, span: { start: 9, end: 13 } },
  related: [{ message: "the other call", location: { source, span: { start: 0, end: 4 } } }],
};

it("is an annotation for GitHub, with what would end the command escaped", () => {
  expect(
    renderGithub([found, { ...found, severity: "warning", location: { source, span: { start: 9, end: 20 } } }]),
  ).toEqual([
    "::error file=shop/my orders.durable,line=2,endLine=2,col=1,endColumn=5,title=ref/collision::100%25 sure: twice, and on%0Atwo lines.%0AGive it a `ref:`.",
    "::warning file=shop/my orders.durable,line=2,endLine=3,title=ref/collision::100%25 sure: twice, and on%0Atwo lines.%0AGive it a `ref:`.",
  ]);
});

it("is a result in SARIF, with its rule and the second place", () => {
  const { runs, version } = sarifOf([found]);
  const physical = (line: number, startColumn: number, endColumn: number) => ({
    artifactLocation: { uri: "shop/my%20orders.durable" },
    region: { startLine: line, startColumn, endLine: line, endColumn },
  });
  expect(version).toBe("2.1.0");
  expect(runs[0]?.tool.driver.rules.map(({ id, defaultConfiguration }) => [id, defaultConfiguration.level])).toEqual([
    ["ref/collision", "error"],
  ]);
  expect(runs[0]?.results).toEqual([
    {
      ruleId: "ref/collision",
      level: "error",
      message: { text: "100% sure: twice, and on\ntwo lines. Give it a `ref:`." },
      locations: [{ physicalLocation: physical(2, 1, 5) }],
      relatedLocations: [{ id: 0, message: { text: "the other call" }, physicalLocation: physical(1, 1, 5) }],
    },
  ]);
});
