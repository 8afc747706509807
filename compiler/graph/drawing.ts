/** Graphs brought together on one sheet, independent of the format they are drawn in. */
import type { EdgeKind, GraphEdge, GraphNode, NodeKind, WorkflowGraph } from "./graph.ts";

export interface Drawing {
  readonly frames: readonly Frame[];
  readonly edges: readonly DrawnEdge[];
}

/** What belongs together: a workflow with its title, or all that is drawn, without one. */
export interface Frame {
  readonly title: string | null;
  readonly notes: readonly string[];
  readonly nodes: readonly DrawnNode[];
}

export interface DrawnNode {
  /** Unique on the sheet, in no particular alphabet. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly notes: readonly string[];
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly label: readonly string[];
}

/** Each workflow with all its steps; a call of one that is on the sheet leads to its start. */
export function drawWorkflows(graphs: readonly WorkflowGraph[]): Drawing {
  const ids = new Set(graphs.map(({ id }) => id));
  const isElsewhere = ({ kind, id }: GraphNode) => kind === "child" && ids.has(id);
  return {
    frames: graphs.map((graph) => ({
      title: titleOf(graph),
      notes: graph.notes,
      nodes: graph.nodes
        .filter((node) => !isElsewhere(node))
        .map(({ id, kind, label, notes }) => ({ id: onSheet(graph, id), kind, label, notes })),
    })),
    edges: graphs.flatMap((graph) =>
      graph.edges.map(({ from, to, kind, label }) => {
        const leaves = (kind === "call" || kind === "start") && ids.has(to);
        return { from: onSheet(graph, from), to: leaves ? `${to}#@start` : onSheet(graph, to), kind, label };
      }),
    ),
  };
}

/** Only which workflow calls and starts which. */
export function drawCalls(graphs: readonly WorkflowGraph[]): Drawing {
  const nodes = new Map<string, DrawnNode>();
  for (const { id, module, workflow, notes } of graphs)
    nodes.set(id, { id, kind: "child", label: module, notes: [workflow, ...notes] });
  const called = graphs.flatMap((graph) => graph.nodes.filter(({ kind }) => kind === "child"));
  for (const { id, kind, label, notes } of called) if (!nodes.has(id)) nodes.set(id, { id, kind, label, notes });
  return { frames: [{ title: null, notes: [], nodes: [...nodes.values()] }], edges: graphs.flatMap(callsOf) };
}

/** One edge for each child and way of calling it, with all its refs. */
function callsOf({ id, edges }: WorkflowGraph): DrawnEdge[] {
  const calls = new Map<string, DrawnEdge>();
  for (const { to, kind, label } of edges.filter(isCall)) {
    const key = `${kind} ${to}`;
    const before = calls.get(key)?.label ?? [];
    calls.set(key, { from: id, to, kind, label: [...new Set([...before, ...label.slice(0, 1)])] });
  }
  return [...calls.values()];
}

function isCall({ kind }: GraphEdge): boolean {
  return kind === "call" || kind === "start";
}

function titleOf({ module, workflow }: WorkflowGraph): string {
  return `${module} ${workflow}`;
}

function onSheet({ id }: WorkflowGraph, node: string): string {
  return `${id}#${node}`;
}
