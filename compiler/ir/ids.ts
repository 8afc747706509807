/**
 * Stable names for the places where an execution can rest.
 *
 * A step's state is its path, `ship` or `physical/ship`. A resume point adds what it waits for,
 * `ship@call:courier`, `ship@event:paid`, `ship@sleep`; a computed name stands as its template, `sq_{x}`, or `*`; a
 * second place of the same name within one body gets `#2`. An edit elsewhere renames nothing.
 */
import type { Call, Expr, Node } from "../ast/nodes.ts";
import { children } from "../ast/walk.ts";
import { needsCheckpoint } from "./lower/block.ts";
import { isStart, refOf } from "./lower/child.ts";
import type { Facts } from "./lower/facts.ts";
import { isSuspension } from "./lower/suspension.ts";
import { waitForms } from "./lower/waits.ts";
import type { StateId } from "./machine.ts";

const joins: ReadonlySet<Node["kind"]> = new Set(["case", "if", "cond", "with", "for", "try", "binary"]);

/** Plans the id of every place in a step's body, in the order of the text. */
export function planPlaces(step: StateId, body: Node, facts: Facts): void {
  const taken = new Map<string, number>();
  const unique = (name: string): StateId => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? `${step}@${name}` : `${step}@${name}#${count}`;
  };
  visit(body, step, facts, unique);
}

function visit(node: Node, step: StateId, facts: Facts, unique: (name: string) => StateId): void {
  if (node.kind === "call") placeCall(node, facts, unique);
  else if (joins.has(node.kind) && facts.effectsOf(node).suspends) facts.place(node, "at", unique(joinName(node)));
  for (const child of children(node)) visit(child, step, facts, unique);
  if (node.kind === "block") placeCheckpoints(node.expressions, step, facts, unique);
}

function placeCall(call: Call, facts: Facts, unique: (name: string) => StateId): void {
  if (isStart(call, facts)) facts.place(call, "at", unique(`start:${textOf(refOf(call, facts))}`));
  if (isSuspension(call, { facts })) facts.place(call, "at", unique(waitName(call, facts)));
}

function placeCheckpoints(
  expressions: readonly Expr[],
  step: StateId,
  facts: Facts,
  unique: (name: string) => StateId,
): void {
  expressions.forEach((expr, i) => {
    if (needsCheckpoint(expr, expressions.slice(i + 1), { facts, step })) {
      facts.place(expr, "after", unique("checkpoint"));
    }
  });
}

function waitName(call: Call, facts: Facts): string {
  const form = waitForms[call.name.text]!;
  switch (form.word) {
    case "call":
      return `call:${textOf(refOf(call, facts))}`;
    case "sleep":
      return "sleep";
    default:
      return `${form.word}:${namesOf(call.args[0])}`;
  }
}

function joinName(node: Node): string {
  return node.kind === "binary" ? node.operator : node.kind;
}

function namesOf(expr: Expr | undefined): string {
  if (expr?.kind === "list") return expr.items.map(textOf).join(",");
  return expr ? textOf(expr) : "*";
}

/** A literal as it is, an interpolation as its template, anything else `*`. */
function textOf(expr: Expr): string {
  if (expr.kind === "literal") return String(expr.value);
  if (expr.kind !== "interpolation") return "*";
  return expr.parts.map((part) => (typeof part === "string" ? part : `{${nameOf(part)}}`)).join("");
}

function nameOf(expr: Expr): string {
  if (expr.kind === "variable") return expr.name;
  if (expr.kind === "field") return `${nameOf(expr.object)}.${expr.key.text}`;
  return "*";
}
