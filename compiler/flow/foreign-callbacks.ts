/** Anonymous functions that call TypeScript: only a loop that the compiler writes out itself can await them. */
import type { Call, Node } from "../ast/nodes.ts";
import { eachChild } from "../ast/walk.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { foreignInFunction } from "../diagnostics/catalog/flow.ts";
import { enumLoopOf } from "../ir/lower/enum.ts";
import type { Facts } from "../ir/lower/facts.ts";
import type { SourceText } from "../source/source.ts";

export function checkForeignCallbacks(code: Node, source: SourceText, facts: Facts, bag: DiagnosticBag): void {
  const report = (node: Node, around: Call | null) => {
    const taker = around
      ? `\`${around.module ? `${around.module.name}.` : ""}${around.name.text}\``
      : "whoever calls it";
    bag.report(foreignInFunction, { source, span: node.span }, { taker });
  };
  const visit = (node: Node, around: Call | null): void => {
    const isLoop = around !== null && enumLoopOf(around, facts) !== null;
    if (isFunction(node) && facts.effectsOf(node).async && !isLoop) report(node, around);
    else visitParts(node);
  };
  const visitParts = (node: Node): void => {
    eachChild(node, (child) => {
      if (isItem(node) && child.kind === "fn") visitParts(child);
      else visit(child, node.kind === "call" ? node : null);
    });
  };
  visit(code, null);
}

function isFunction(node: Node): boolean {
  return node.kind === "fn" || node.kind === "capture" || node.kind === "functionRef";
}

/** The function of a step and its kin is its body, not a value. */
function isItem({ kind }: Node): boolean {
  return kind === "step" || kind === "branch" || kind === "parallel" || kind === "compensate";
}
