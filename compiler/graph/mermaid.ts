/** Mermaid flowcharts, as GitHub and most wikis draw them. https://mermaid.js.org/syntax/flowchart.html */
import type { Drawing, DrawnEdge, DrawnNode, Frame } from "./drawing.ts";
import type { EdgeKind, NodeKind } from "./graph.ts";
import { edgeWords, type SheetIds, sheetIds } from "./sheet.ts";

/** What stands before and after a label. */
const shapes: { readonly [Kind in NodeKind]: readonly [string, string] } = {
  start: ["([", "])"],
  end: ["([", "])"],
  step: ["[", "]"],
  decision: ["{{", "}}"],
  branch: ["{", "}"],
  parallel: ["[/", "\\]"],
  join: ["[\\", "/]"],
  child: ["[[", "]]"],
  compensation: ["[", "]"],
};

const arrows: { readonly [Kind in EdgeKind]: string } = {
  next: "-->",
  goto: "-->",
  call: "-.->",
  start: "-.->",
  undo: "-.->",
};

const classes = [
  "classDef decision fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  "classDef branch fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  "classDef parallel fill:#ddf4ff,stroke:#0969da,color:#1f2328",
  "classDef join fill:#ddf4ff,stroke:#0969da,color:#1f2328",
  "classDef child fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  "classDef compensation fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-dasharray:4 3",
];

export function toMermaid(drawing: Drawing): string {
  const ids = sheetIds(drawing);
  const used = new Set(drawing.frames.flatMap(({ nodes }) => nodes.map(({ kind }) => kind)));
  const lines = [
    "flowchart TD",
    ...drawing.frames.flatMap((frame, index) => frameLines(frame, index, ids)),
    ...drawing.edges.map((edge) => `  ${edgeLine(edge, ids)}`),
    ...classes.filter((line) => used.has(line.split(" ")[1] as NodeKind)).map((line) => `  ${line}`),
  ];
  return `${lines.join("\n")}\n`;
}

function frameLines({ title, notes, nodes }: Frame, index: number, ids: SheetIds): string[] {
  if (title === null) return nodes.map((node) => `  ${nodeLine(node, ids)}`);
  return [
    `  subgraph w${index + 1}["${[title, ...notes].map(escaped).join("<br/>")}"]`,
    ...nodes.map((node) => `    ${nodeLine(node, ids)}`),
    "  end",
  ];
}

function nodeLine({ id, kind, label, notes }: DrawnNode, ids: SheetIds): string {
  const [open, close] = shapes[kind];
  const text = notes.length === 0 ? escaped(label) : [`<b>${escaped(label)}</b>`, ...notes.map(escaped)].join("<br/>");
  const style = classes.some((line) => line.startsWith(`classDef ${kind} `)) ? `:::${kind}` : "";
  return `${ids.of(id)}${open}"${text}"${close}${style}`;
}

function edgeLine(edge: DrawnEdge, ids: SheetIds): string {
  const words = edgeWords(edge);
  const label = words.length === 0 ? "" : `|"${words.map(escaped).join("<br/>")}"|`;
  return `${ids.of(edge.from)} ${arrows[edge.kind]}${label} ${ids.of(edge.to)}`;
}

/** Mermaid's own form of entities, which neither its parser nor its Markdown takes for something else. */
function escaped(text: string): string {
  return text.replace(/[#&<>"`|]/g, (character) => `#${character.codePointAt(0)};`);
}
