/** What checking writes down about the nodes of the program, and takes out again with the trees that are dropped. */
import type { Node } from "../ast/nodes.ts";
import { visit } from "../ast/walk.ts";
import type { Dropped } from "../resolve/resolve.ts";
import type { DataItem, TypeTables } from "./check/frame.ts";

export function createTypeTables(): TypeTables {
  return {
    types: new Map(),
    locals: new Map(),
    data: new Map(),
    discarded: new Set(),
    after: new Map(),
    exits: new Map(),
    covered: new Set(),
    timeoutValues: new WeakMap(),
    lateNils: new WeakSet(),
    childFailures: new WeakSet(),
    origins: new WeakMap(),
    bodies: new Map(),
    watch: { isOn: false },
  };
}

export function forgetTypes({ trees, locals }: Dropped, tables: TypeTables): void {
  for (const tree of trees) forgetTree(tree, tables);
  for (const local of locals) tables.locals.delete(local);
}

function forgetTree(tree: Node, { types, data, discarded, after, exits, covered, bodies }: TypeTables): void {
  visit(tree, (node) => {
    types.delete(node as Parameters<typeof types.delete>[0]);
    discarded.delete(node as Parameters<typeof discarded.delete>[0]);
    data.delete(node as DataItem);
    if (node.kind === "fn") bodies.delete(node);
    if (node.kind === "step") after.delete(node);
    if (node.kind === "step" || node.kind === "parallel") exits.delete(node);
    if (node.kind === "branch") covered.delete(node);
  });
}
