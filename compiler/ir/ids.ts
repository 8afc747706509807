/**
 * Stable names for the places where an execution can rest.
 *
 * A step's state is its path, `ship` or `physical/ship`. A resume point adds what it waits for,
 * `ship@call:courier`, `ship@event:paid`, `ship@sleep`; a computed name stands as its template, `sq_{x}`, or `*`; a
 * second place of the same name within one body gets `#2`. An edit elsewhere renames nothing.
 */
import type { Call, Expr, For, Node } from "../ast/nodes.ts";
import { eachChild } from "../ast/walk.ts";
import type { FunctionDefinition } from "../resolve/resolved.ts";
import { needsCheckpoint } from "./lower/block.ts";
import { isStart, refOf } from "./lower/child.ts";
import { enumLoopOf } from "./lower/enum.ts";
import type { Facts, PlaceRole } from "./lower/facts.ts";
import { copyClauses, suspendingTarget } from "./lower/inline.ts";
import { isSuspension } from "./lower/suspension.ts";
import { waitForms } from "./lower/waits.ts";
import { elseNeedsState } from "./lower/with.ts";
import type { StateId } from "./machine.ts";

const joins: ReadonlySet<Node["kind"]> = new Set(["case", "if", "cond", "with", "try", "binary"]);

/** A step with more places than this is refused: helpers that call helpers could make it grow without bound. */
export const MAX_PLACES = 200;

interface Planning {
  readonly step: StateId;
  readonly facts: Facts;
  /** Gives a name that the step has not used. */
  readonly unique: (name: string) => StateId;
  /** There are too many places already; helpers are not looked into any more. */
  readonly isFull: () => boolean;
  /** Helpers being lowered into the body here, outermost first. */
  readonly helpers: readonly FunctionDefinition[];
}

/** Plans the id of every place in a step's body, in the order of the text; false when there are too many. */
export function planPlaces(step: StateId, body: Node, facts: Facts): boolean {
  const taken = new Map<string, number>();
  let places = 0;
  const unique = (name: string): StateId => {
    places++;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? `${step}${name}` : `${step}${name}#${count}`;
  };
  visit(body, { step, facts, unique, isFull: () => places > MAX_PLACES, helpers: [] });
  return places <= MAX_PLACES;
}

function visit(node: Node, planning: Planning): void {
  const { facts } = planning;
  const suspends = facts.effectsOf(node).suspends;
  if (joins.has(node.kind) && suspends) place(node, "at", joinName(node), planning);
  eachChild(node, (child) => visit(child, planning));
  if (node.kind === "call") placeCall(node, planning);
  if (node.kind === "with" && elseNeedsState(node, facts)) place(node, "after", "else", planning);
  if (node.kind === "try" && suspends && node.else.length > 0) place(node, "after", "else", planning);
  if (node.kind === "for" && suspends) placeLoops(node, planning);
  if (node.kind === "block") placeCheckpoints(node.expressions, planning);
}

/** Inside helpers the name is `step/helper@…`. */
function place(node: Node, role: PlaceRole, name: string, { facts, helpers, unique }: Planning): void {
  const path = helpers.map((helper) => `/${helper.name}`).join("");
  facts.place(node, role, unique(`${path}@${name}`));
}

function placeCall(call: Call, planning: Planning): void {
  const { facts } = planning;
  if (isStart(call, facts)) place(call, "at", `start:${textOf(refOf(call, facts))}`, planning);
  if (isSuspension(call, { facts })) place(call, "at", waitName(call, facts), planning);
  if (enumLoopOf(call, facts)) {
    place(call, "at", call.name.text, planning);
    place(call, "loop", `${call.name.text}:each`, planning);
  }
  const helper = suspendingTarget(call, facts);
  if (helper && !planning.helpers.includes(helper) && !planning.isFull()) placeHelper(call, helper, planning);
}

/** The helper's text is copied for this call, and planned as a part of the caller. */
function placeHelper(call: Call, helper: FunctionDefinition, planning: Planning): void {
  const { facts, helpers } = planning;
  place(call, "at", helper.name, planning);
  const clauses = copyClauses(helper, facts);
  facts.inline(call, clauses);
  const inside = { ...planning, helpers: [...helpers, helper] };
  for (const { body } of clauses) visit(body, inside);
}

function placeLoops(expr: For, planning: Planning): void {
  for (const qualifier of expr.qualifiers) {
    if (qualifier.kind === "generator") place(qualifier.pattern, "loop", "for", planning);
  }
}

function placeCheckpoints(expressions: readonly Expr[], planning: Planning): void {
  expressions.forEach((expr, i) => {
    if (needsCheckpoint(expr, expressions.slice(i + 1), planning)) place(expr, "after", "checkpoint", planning);
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
