/** What is known of definitions where they are called, and when that is still the same. */
import { isSameList } from "../calls/bottom-up.ts";
import type { Circle } from "../calls/circles.ts";
import { type Definition, isWorkflow } from "../calls/definition.ts";
import type { Outline } from "../calls/outline.ts";
import type { FunctionDefinition } from "../resolve/resolved.ts";
import { checkFunction, unknownSummary } from "./check/definitions.ts";
import type { Checker, FunctionSummary } from "./check/frame.ts";
import { createTypeNames } from "./check/names.ts";
import { createSites } from "./check/sites.ts";
import { checkWorkflow } from "./check/workflow.ts";
import { openRecord } from "./construct.ts";
import { type Marks, sameType, sameTypes, sameWrites } from "./same.ts";
import type { RecordOf } from "./type.ts";

/** What a call of a function gives whatever the arguments, or what a workflow comes to. */
type Known = FunctionSummary | RecordOf;

export interface Outcome {
  readonly known: Known;
  /** A function without `@spec` is inferred once more at each call, which rests on all of this. */
  readonly body: readonly unknown[];
}

export type CircleParts = Omit<Checker, "functionOf" | "resultOf" | "sites">;

/** Where definitions call each other in a circle, the first of them is entered first: what it comes to is not known then. */
export function checkCircle(
  { members }: Circle,
  parts: CircleParts,
  outcomeOf: (callee: Definition) => Outcome,
): ReadonlyMap<Definition, Known> {
  const names = createTypeNames(parts.resolved, parts.bag);
  const found = new Map<Definition, Known>();
  const open = new Set<Definition>();
  const knownOf = (definition: Definition): Known => {
    if (!members.includes(definition)) return outcomeOf(definition).known;
    const before = found.get(definition);
    if (before !== undefined) return before;
    if (open.has(definition)) return isWorkflow(definition) ? openRecord : unknownSummary(definition);
    open.add(definition);
    const known = isWorkflow(definition)
      ? outputOf(definition, checkWorkflow(definition, checker), parts)
      : checkFunction(definition, checker, names);
    found.set(definition, known);
    return known;
  };
  const checker: Checker = {
    ...parts,
    sites: createSites(),
    functionOf: (definition) => knownOf(definition) as FunctionSummary,
    resultOf: (workflow) => knownOf(workflow) as RecordOf,
  };
  members.forEach(knownOf);
  return found;
}

/** A record of its own, known by where it comes from; unless it is the input, or what a child comes to, as it was. */
function outputOf(workflow: Parameters<typeof checkWorkflow>[0], end: RecordOf, { origins }: CircleParts): RecordOf {
  if (end.fields.size === 0 || origins.has(end)) return end;
  const output = { ...end };
  origins.set(output, { workflow, role: "Output" });
  return output;
}

/** What a function without `@spec` rests on when it is inferred for a call; nothing for other definitions. */
export function bodyOf(
  definition: Definition,
  { members, callees }: Circle,
  outlineOf: (definition: Definition) => Outline,
  outcomeOf: (callee: Definition) => Outcome,
): readonly unknown[] {
  if (isWorkflow(definition) || definition.spec !== null) return [];
  // In a circle, what one comes to is found on the way through the others.
  if (members.length > 1) return [{}];
  return [...partsOf(definition), ...outlineOf(definition).builtIns, ...callees, ...callees.map(outcomeOf)];
}

/** The clauses, and what they may mention. */
function partsOf({ clauses, module }: FunctionDefinition): readonly unknown[] {
  return [...clauses, ...module.constants.values(), ...module.ast.items.filter(({ kind }) => kind === "alias")];
}

export function sameOutcome(before: Outcome, now: Outcome, marks: Marks): boolean {
  return isSameList(before.body, now.body) && sameKnown(before.known, now.known, marks);
}

function sameKnown(before: Known, now: Known, marks: Marks): boolean {
  if ("kind" in before) return "kind" in now && sameType(before, now, marks);
  if ("kind" in now) return false;
  return (
    sameTypes(before.params, now.params, marks) &&
    sameType(before.result, now.result, marks) &&
    sameWrites(before.writes, now.writes, marks)
  );
}
