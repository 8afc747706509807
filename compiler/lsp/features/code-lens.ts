/** Above each workflow, a way to see it drawn. */
import type { CodeLens } from "vscode-languageserver/node";
import { drawWorkflows } from "../../graph/drawing.ts";
import { toMermaid } from "../../graph/mermaid.ts";
import { graphOf, idOf } from "../../graph/workflow-graph.ts";
import type { ResolvedWorkflow } from "../../resolve/resolved.ts";
import type { Snapshot } from "../../session.ts";
import { rangeOf } from "../places.ts";
import type { View } from "../view.ts";

/** Run by the server: the document and the workflow are its arguments. */
export const SHOW_GRAPH = "durablec.showGraph";

export function codeLenses({ snapshot, file, uriOf }: View): CodeLens[] {
  return workflowsOf(snapshot)
    .filter(({ module }) => module.file === file)
    .map((workflow) => ({
      range: rangeOf(file.source, workflow.ast.name.span),
      command: { title: "Show the graph", command: SHOW_GRAPH, arguments: [uriOf(file.source.path), idOf(workflow)] },
    }));
}

/** Markdown with the drawing in it, as editors and GitHub show it; null when there is no such workflow any more. */
export function graphPage(snapshot: Snapshot, id: string): string | null {
  const workflow = workflowsOf(snapshot).find((candidate) => idOf(candidate) === id);
  if (!workflow) return null;
  const drawing = drawWorkflows([graphOf(workflow, snapshot.program)]);
  return `# ${workflow.name}\n\n\`\`\`mermaid\n${toMermaid(drawing)}\`\`\`\n`;
}

function workflowsOf({ program }: Snapshot): ResolvedWorkflow[] {
  return [...program.resolved.modules.values()].flatMap((module) => module.workflows);
}
