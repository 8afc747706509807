/**
 * The graph of one workflow. Items are joined as they are gone through: each is given the loose ends that lead to it, and
 * gives those that lead on. A goto names a later step of its own block or of one around it.
 */
import type { Branch, BranchClause, Compensate, Fn, Parallel, Step, WorkflowItem } from "../ast/nodes.ts";
import { descendants } from "../ast/walk.ts";
import { clauseName, firstStepName } from "../ir/lower/names.ts";
import type { ResolvedWorkflow, TypedProgram } from "../resolve/resolved.ts";
import type { Location, Span } from "../source/source.ts";
import { callsByItem, type ItemCalls } from "./calls.ts";
import type { EdgeKind, GraphEdge, GraphNode, WorkflowGraph } from "./graph.ts";
import { compensationNotes, parallelNotes, stepNotes, workflowNotes } from "./notes.ts";
import { sourceOf } from "./text.ts";

/** An edge that does not know yet where it leads. */
type LooseEnd = Omit<GraphEdge, "to">;

interface Place {
  /** Of the ids of this block. */
  readonly prefix: string;
  /** By step name, the ids that a goto from here may lead to. */
  readonly gotos: ReadonlyMap<string, string>;
}

interface Drawing {
  readonly workflow: ResolvedWorkflow;
  readonly program: TypedProgram;
  readonly calls: ReadonlyMap<WorkflowItem, ItemCalls>;
  readonly nodes: GraphNode[];
  readonly edges: GraphEdge[];
}

/** The graph of a workflow, be it one with mistakes in it. */
export function graphOf(workflow: ResolvedWorkflow, program: TypedProgram): WorkflowGraph {
  const { module, ast, name } = workflow;
  const calls = callsByItem(workflow, program.resolved);
  const drawing: Drawing = { workflow, program, calls, nodes: [], edges: [] };
  drawing.nodes.push({ id: START, kind: "start", label: "start", notes: [], location: null });
  const ends = drawItems(ast.items, [{ from: START, kind: "next", label: [] }], topLevel, drawing);
  drawing.nodes.push({ id: END, kind: "end", label: "end", notes: [], location: null });
  connect(ends, END, drawing);
  for (const item of ast.items) if (item.kind === "compensate") drawCompensation(item, drawing);
  const { nodes, edges } = drawing;
  const location = { source: module.file.source, span: ast.name.span };
  return {
    id: idOf(workflow),
    module: module.name,
    workflow: name,
    notes: workflowNotes(workflow),
    location,
    nodes,
    edges,
  };
}

export function idOf({ module, name }: ResolvedWorkflow): string {
  return `${module.name}/${name}`;
}

// No state is called like these: a step's name begins with a letter.
const START = "@start";
const END = "@end";

const topLevel: Place = { prefix: "", gotos: new Map() };

function drawItems(
  items: readonly WorkflowItem[],
  incoming: readonly LooseEnd[],
  { prefix, gotos }: Place,
  drawing: Drawing,
): readonly LooseEnd[] {
  let ends = incoming;
  for (const [index, item] of items.entries()) {
    const place = { prefix, gotos: new Map([...gotos, ...stepIds(items.slice(index + 1), prefix)]) };
    ends = drawItem(item, ends, place, drawing);
  }
  return ends;
}

function stepIds(items: readonly WorkflowItem[], prefix: string): [string, string][] {
  return items.flatMap((item) => (item.kind === "step" ? [[item.name.text, `${prefix}${item.name.text}`]] : []));
}

function drawItem(
  item: WorkflowItem,
  incoming: readonly LooseEnd[],
  place: Place,
  drawing: Drawing,
): readonly LooseEnd[] {
  switch (item.kind) {
    case "step":
      return drawStep(item, incoming, place, drawing);
    case "branch":
      return drawBranch(item, incoming, place, drawing);
    case "parallel":
      return drawParallel(item, incoming, place, drawing);
    case "compensate":
      return incoming;
  }
}

function drawStep(step: Step, incoming: readonly LooseEnd[], place: Place, drawing: Drawing): readonly LooseEnd[] {
  const id = `${place.prefix}${step.name.text}`;
  const { program, calls, workflow } = drawing;
  const { goesOn, targets } = program.exitsOf(step);
  const waits = calls.get(step)?.waits ?? [];
  const gotos = targets.length === 0 && mentionsGoto(step.body) ? ["goto a step that is chosen at run time"] : [];
  const ending = goesOn || targets.length > 0 ? [] : ["always fails"];
  drawing.nodes.push({
    id,
    kind: step.variant,
    label: step.name.text,
    notes: [...waits, ...stepNotes(step, program.resolved), ...gotos, ...ending],
    location: locate(workflow, step.name.span),
  });
  connect(incoming, id, drawing);
  drawGotos(id, targets, place, drawing);
  drawChildren(id, step, drawing);
  const compensation = program.resolved.stepOptions.get(step)?.compensate;
  if (compensation) drawing.edges.push(edge(id, compensationId(compensation.text), "undo"));
  return goesOn ? [{ from: id, kind: "next", label: [] }] : [];
}

function mentionsGoto(body: Fn): boolean {
  return descendants(body).some((node) => node.kind === "literal" && node.type === "atom" && node.value === "goto");
}

function drawBranch(
  branch: Branch,
  incoming: readonly LooseEnd[],
  place: Place,
  drawing: Drawing,
): readonly LooseEnd[] {
  const { workflow, program } = drawing;
  const id = `${place.prefix}branch:${firstStepName(branch.clauses.flatMap(({ items }) => items))}`;
  const [only] = branch.on.clauses;
  const condition = only && branch.on.clauses.length === 1 ? sourceOf(only.body.span, workflow.module) : "branch";
  drawing.nodes.push({
    id,
    kind: "branch",
    label: condition,
    notes: [],
    location: locate(workflow, branch.keyword),
  });
  connect(incoming, id, drawing);
  const ends = branch.clauses.flatMap((clause) => {
    const start: LooseEnd = { from: id, kind: "next", label: [caseOf(clause, workflow)] };
    const inside = { ...place, prefix: `${place.prefix}${clauseName(clause.pattern)}/` };
    return drawItems(clause.items, [start], inside, drawing);
  });
  return program.isCovered(branch) ? ends : [...ends, { from: id, kind: "next", label: ["otherwise"] }];
}

function caseOf({ pattern, guard }: BranchClause, { module }: ResolvedWorkflow): string {
  if (pattern.kind === "wildcardPattern" && guard === null) return "otherwise";
  return sourceOf({ start: pattern.span.start, end: (guard ?? pattern).span.end }, module);
}

function drawParallel(
  parallel: Parallel,
  incoming: readonly LooseEnd[],
  place: Place,
  drawing: Drawing,
): readonly LooseEnd[] {
  const { program, workflow, calls } = drawing;
  const id = `${place.prefix}parallel:${firstStepName(parallel.items)}`;
  const location = locate(workflow, parallel.keyword);
  const notes = parallelNotes(parallel, program.resolved);
  drawing.nodes.push({ id, kind: "parallel", label: "parallel", notes, location });
  connect(incoming, id, drawing);
  const inside = { prefix: place.prefix, gotos: new Map() };
  const ends = parallel.items.flatMap((item) =>
    drawItem(item, [{ from: id, kind: "next", label: [] }], inside, drawing),
  );
  const joinId = `${id}@join`;
  const { goesOn, targets } = program.exitsOf(parallel);
  const into = parallel.into ? ["into"] : [];
  const waits = calls.get(parallel)?.waits ?? [];
  drawing.nodes.push({ id: joinId, kind: "join", label: "join", notes: [...into, ...waits], location });
  connect(ends, joinId, drawing);
  drawGotos(joinId, targets, place, drawing);
  drawChildren(joinId, parallel, drawing);
  return goesOn ? [{ from: joinId, kind: "next", label: [] }] : [];
}

function drawCompensation(item: Compensate, drawing: Drawing): void {
  const { workflow, program, calls } = drawing;
  const id = compensationId(item.name.text);
  const notes = [...(calls.get(item)?.waits ?? []), ...compensationNotes(item, program.resolved)];
  const location = locate(workflow, item.name.span);
  drawing.nodes.push({ id, kind: "compensation", label: item.name.text, notes, location });
  drawChildren(id, item, drawing);
}

function compensationId(name: string): string {
  return `@compensate:${name}`;
}

function drawGotos(from: string, targets: readonly string[], { gotos }: Place, { edges }: Drawing): void {
  for (const target of targets) {
    const to = gotos.get(target);
    if (to !== undefined) edges.push(edge(from, to, "goto"));
  }
}

function drawChildren(from: string, item: WorkflowItem, { calls, nodes, edges }: Drawing): void {
  for (const { child, kind, label } of calls.get(item)?.children ?? []) {
    const id = idOf(child);
    if (!nodes.some((node) => node.id === id)) {
      const location = locate(child, child.ast.name.span);
      nodes.push({ id, kind: "child", label: child.module.name, notes: [child.name], location });
    }
    edges.push(edge(from, id, kind, label));
  }
}

function connect(ends: readonly LooseEnd[], to: string, { edges }: Drawing): void {
  edges.push(...ends.map((end) => ({ ...end, to })));
}

function edge(from: string, to: string, kind: EdgeKind, label: readonly string[] = []): GraphEdge {
  return { from, to, kind, label };
}

function locate({ module }: ResolvedWorkflow, span: Span): Location {
  return { source: module.file.source, span };
}
