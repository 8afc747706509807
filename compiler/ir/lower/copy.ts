/**
 * A piece of the tree once more, with locals of its own: for a helper that is lowered into several callers, and for a
 * captured expression whose `&1` becomes the element at hand.
 */
import type { Node, Variable, VariablePattern } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { Facts } from "./facts.ts";

export interface CopyOptions {
  /** What `&1`, `&2`, … stand for; empty outside a capture. */
  readonly captureArguments: readonly Local[];
}

export function copyNode<T extends Node>(node: T, facts: Facts, options: CopyOptions): T {
  return createCopier(facts, options)(node) as T;
}

function createCopier(facts: Facts, { captureArguments }: CopyOptions): (part: unknown) => unknown {
  const renamed = new Map<Local, Local>();
  const rename = (local: Local): Local => {
    const known = renamed.get(local) ?? facts.fresh(local.name, facts.typeOfLocal(local), local.span);
    renamed.set(local, known);
    return known;
  };

  const copyBinding = (pattern: VariablePattern): VariablePattern => {
    const local = facts.localOf(pattern);
    return local ? facts.derive(facts.binding(rename(local), pattern.span), pattern) : pattern;
  };
  const copyRead = (variable: Variable): Variable => {
    const local = facts.localOf(variable);
    return local && isInner(local) ? facts.read(rename(local), variable.span) : variable;
  };
  // What is read but bound outside keeps its local; patterns come before their reads in evaluation, not in the tree.
  let inner: ReadonlySet<Local> = new Set();
  const isInner = (local: Local) => inner.has(local);

  const copy = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== "object" || part === null) return part;
    if (!("kind" in part)) return copyFields(part);
    const node = part as Node;
    if (node.kind === "moduleRef" || node.kind === "constantRef") return node;
    if (node.kind === "variable") return copyRead(node);
    if (node.kind === "variablePattern") return copyBinding(node);
    if (node.kind === "captureArgument" && captureArguments[node.index - 1]) {
      return facts.read(captureArguments[node.index - 1]!, node.span);
    }
    return facts.derive(copyFields(node) as Node, node);
  };
  const copyFields = (part: object): object =>
    Object.fromEntries(Object.entries(part).map(([key, value]) => [key, key === "span" ? value : copy(value)]));

  return (root) => {
    inner = boundInside(root as Node, facts);
    return copy(root);
  };
}

/** The locals that the piece itself binds. */
function boundInside(root: Node, facts: Facts): ReadonlySet<Local> {
  const locals = descendants(root).map((node) => (node.kind === "variablePattern" ? facts.localOf(node) : null));
  return new Set(locals.filter((local) => local !== null));
}
