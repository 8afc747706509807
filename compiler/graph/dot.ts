/** Graphviz DOT. https://graphviz.org/doc/info/lang.html */
import type { Drawing, DrawnEdge, DrawnNode, Frame } from "./drawing.ts";
import type { EdgeKind, NodeKind } from "./graph.ts";
import { edgeWords, type SheetIds, sheetIds } from "./sheet.ts";

const shapes: { readonly [Kind in NodeKind]: string } = {
  start: 'shape=circle width=0.16 fixedsize=true fillcolor="#1f2328" color="#1f2328"',
  end: 'shape=doublecircle width=0.13 fixedsize=true fillcolor="#1f2328" color="#1f2328"',
  step: 'fillcolor="#f6f8fa" color="#818b98"',
  decision: 'shape=hexagon style=filled fillcolor="#fff8c5" color="#bf8700"',
  branch: 'shape=diamond style=filled margin="0.06,0.04" fillcolor="#fff8c5" color="#bf8700"',
  parallel: 'style=filled fillcolor="#ddf4ff" color="#0969da"',
  join: 'style=filled fillcolor="#ddf4ff" color="#0969da"',
  child: 'style=filled peripheries=2 fillcolor="#dafbe1" color="#1a7f37"',
  compensation: 'style="filled,rounded,dashed" fillcolor="#ffebe9" color="#cf222e"',
};

// The way through the workflow stays straight; what is beside it gives way.
const lines: { readonly [Kind in EdgeKind]: string } = {
  next: "weight=10",
  goto: 'color="#9a6700" fontcolor="#9a6700"',
  call: 'style=dashed color="#1a7f37" fontcolor="#1a7f37"',
  start: 'style=dotted color="#1a7f37" fontcolor="#1a7f37"',
  undo: 'style=dashed color="#cf222e" fontcolor="#cf222e"',
};

const defaults = [
  'graph [compound=true fontname="Helvetica" fontsize=13 nodesep=0.4 ranksep=0.45 bgcolor="white" fontcolor="#1f2328"]',
  'node [fontname="Helvetica" fontsize=12 shape=box style="filled,rounded" margin="0.18,0.09" fontcolor="#1f2328"]',
  'edge [fontname="Helvetica" fontsize=10 arrowsize=0.7 color="#59636e" fontcolor="#59636e"]',
];

export function toDot(drawing: Drawing): string {
  const ids = sheetIds(drawing);
  const text = [
    "digraph durable {",
    ...defaults.map((line) => `  ${line}`),
    ...drawing.frames.flatMap((frame, index) => frameLines(frame, index, ids)),
    ...drawing.edges.map((edge) => `  ${edgeLine(edge, drawing, ids)}`),
    "}",
  ];
  return `${text.join("\n")}\n`;
}

function frameLines({ title, notes, nodes }: Frame, index: number, ids: SheetIds): string[] {
  if (title === null) return nodes.map((node) => `  ${nodeLine(node, ids)}`);
  return [
    `  subgraph cluster_${index + 1} {`,
    `    label=<${labelOf(title, notes, LEFT)}>`,
    '    style=rounded color="#d1d9e0" labeljust=l margin=14',
    ...nodes.map((node) => `    ${nodeLine(node, ids)}`),
    "  }",
  ];
}

function nodeLine({ id, kind, label, notes }: DrawnNode, ids: SheetIds): string {
  const text = kind === "start" || kind === "end" ? 'label=""' : `label=<${labelOf(label, notes)}>`;
  return `${ids.of(id)} [class="${kind}" ${text} ${shapes[kind]}]`;
}

const CENTRE = "<br/>";
const LEFT = '<br align="left"/>';

function labelOf(title: string, notes: readonly string[], end = CENTRE): string {
  if (notes.length === 0) return escaped(title);
  const small = notes.map((note) => `<font point-size="10" color="#59636e">${escaped(note)}</font>`);
  return `${[`<b>${escaped(title)}</b>`, ...small].join(end)}${end === LEFT ? LEFT : ""}`;
}

function edgeLine(edge: DrawnEdge, { frames }: Drawing, ids: SheetIds): string {
  const into = frames.findIndex(({ nodes }) => nodes.some(({ id }) => id === edge.to));
  const leaves = !frames[into]!.nodes.some(({ id }) => id === edge.from);
  const words = edgeWords(edge);
  const label = words.length === 0 ? "" : `label=<${words.map((line) => ` ${escaped(line)} `).join("<br/>")}> `;
  const end = leaves ? ` lhead=cluster_${into + 1}` : "";
  return `${ids.of(edge.from)} -> ${ids.of(edge.to)} [class="${edge.kind}" ${label}${lines[edge.kind]}${end}]`;
}

const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text of an HTML-like label, which Graphviz reads as XML: no control characters, no half characters. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, " ").replace(/[&<>"]/g, (character) => entities[character]!);
}
