/** What a workflow looks like, as data: for diagrams, and for editors that show where a workflow can go. */
import type { Location } from "../source/source.ts";

export type NodeKind =
  | "start"
  | "end"
  | "step"
  | "decision"
  | "branch"
  | "parallel"
  /** Where the branches of a parallel block have all ended. */
  | "join"
  /** A workflow that is called or started, and drawn elsewhere. */
  | "child"
  | "compensation";

export interface GraphNode {
  /** Unique in its graph; of what becomes a state of the machine, the state's id. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** What there is to know about it, a line each: what it waits for, its retries, its timeout. */
  readonly notes: readonly string[];
  /** Of its name in the source; null for the start and the end. */
  readonly location: Location | null;
}

export type EdgeKind = "next" | "goto" | "call" | "start" | "undo";

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** A condition, or how a child is called, a line each. */
  readonly label: readonly string[];
}

export interface WorkflowGraph {
  /** `Module/workflow`; also the id of the `child` nodes that stand for it in other graphs. */
  readonly id: string;
  readonly module: string;
  readonly workflow: string;
  readonly notes: readonly string[];
  readonly location: Location;
  /** In the order of the source, between the start and the end. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
