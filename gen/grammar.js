// The grammar as a page: a syntax diagram for each rule, then the whole as EBNF. Both come from the parser itself.
import { ebnf, productions } from "@durablec/grammar";
import railroad from "railroad-diagrams";

const { Choice, Diagram, NonTerminal, Optional, Sequence, Terminal, ZeroOrMore } = railroad;

const drawings = {
  terminal: ({ text }) => Terminal(text),
  rule: ({ name }) => NonTerminal(name),
  optional: ({ part }) => Optional(drawn(part)),
  repeated: ({ part }) => ZeroOrMore(drawn(part)),
  choice: ({ parts }) => Choice(0, ...parts.map(drawn)),
  sequence: ({ parts }) => Sequence(...parts.map(drawn)),
};

// An image stands on its own, so it brings its colours, for light pages and dark ones.
const style = `<style>
path { fill: none; stroke: #57606a; stroke-width: 2 }
rect { fill: #f6f8fa; stroke: #57606a; stroke-width: 2 }
text { fill: #1f2328; font: 14px ui-monospace, monospace; text-anchor: middle }
@media (prefers-color-scheme: dark) { rect { fill: #161b22 } text { fill: #e6edf3 } path, rect { stroke: #8b949e } }
</style>`;

/** Text by path: the page, and the images it shows. */
export function grammarFiles() {
  const rules = productions();
  return [
    ["docs/grammar.md", page(rules)],
    ...rules.map(({ name, shape }) => [`docs/grammar/${name}.svg`, svg(shape)]),
  ];
}

function page(rules) {
  const sections = rules.map(({ name, shape }) => `### ${name}\n\n![${name}](grammar/${name}.svg)\n\n${links(shape)}`);
  return `# Grammar

Generated from the parser by \`npm run gen\`. Boxes with round corners are tokens, the others are rules; a token in capitals
is a kind, listed at the end. Operators are one flat list in \`expression\`; how they bind is the table at the very end.

## Rules

${sections.map((section) => section.trim()).join("\n\n")}

## The whole, as EBNF

\`\`\`ebnf
${ebnf()}\`\`\`
`;
}

/** The rules in a diagram, as an image has no links. */
function links(shape) {
  const names = [...new Set(mentioned(shape))];
  return names.length > 0 ? `In it: ${names.map((name) => `[${name}](#${name.toLowerCase()})`).join(", ")}` : "";
}

function mentioned(shape) {
  if (shape.kind === "rule") return [shape.name];
  return (shape.parts ?? (shape.part ? [shape.part] : [])).flatMap(mentioned);
}

function svg(shape) {
  const diagram = Diagram(drawn(shape)).format().toString();
  return `${diagram.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ').replace(">", `>\n${style}`)}\n`;
}

function drawn(shape) {
  return drawings[shape.kind](shape);
}
