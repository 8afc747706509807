/** The data as it stands after each step, behind the step: what it has added with its type, the rest by name. */
import type { InlayHint } from "vscode-languageserver/node";
import type { Step } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import type { Span } from "../../source/source.ts";
import { show } from "../../types/show.ts";
import type { FieldOf, Type } from "../../types/type.ts";
import { code, markdown } from "../describe/markdown.ts";
import { positionAt } from "../places.ts";
import type { View } from "../view.ts";

export function inlayHints(view: View, within: Span): InlayHint[] {
  const steps = view.file.modules.flatMap(descendants).filter((node) => node.kind === "step");
  return steps
    .filter(({ span }) => within.start <= span.end && span.end <= within.end)
    .flatMap((step) => hintFor(step, view));
}

function hintFor(step: Step, { snapshot: { program }, file }: View): InlayHint[] {
  const after = program.dataAfter(step);
  const label = after ? shorten(program.dataAt(step), after) : null;
  if (!after || label === null) return [];
  return [
    {
      position: positionAt(file.source, step.span.end),
      label: `→ ${label}`,
      paddingLeft: true,
      tooltip: markdown(`The data after \`:${step.name.text}\`:`, code(show(after))),
    },
  ];
}

/** How long a hint may get before `…` stands for the rest. */
const longest = 60;

/** Null when there is nothing to tell. */
function shorten(before: Type, after: Type): string | null {
  if (after.kind !== "record" || after.fields.size === 0) return null;
  const known: ReadonlyMap<string, FieldOf> = before.kind === "record" ? before.fields : new Map();
  const parts = [...after.fields].map(([key, { type, optional }]) => {
    const name = optional ? `${key}?` : key;
    const was = known.get(key)?.type;
    return was && (was === type || show(was) === show(type)) ? name : `${name}: ${show(type)}`;
  });
  // What the step has done is worth more room than what was there.
  const ordered = [...parts.filter((part) => part.includes(":")), ...parts.filter((part) => !part.includes(":"))];
  return abridged(ordered);
}

function abridged(parts: readonly string[]): string {
  let text = "";
  for (const [index, part] of parts.entries()) {
    const longer = index === 0 ? part : `${text}, ${part}`;
    if (longer.length > longest) return index === 0 ? `${longer.slice(0, longest)}…` : `${text}, …`;
    text = longer;
  }
  return text;
}
