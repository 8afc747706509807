/**
 * What a function without `@spec` gives where it is called: its clauses, inferred once more for the types of these
 * arguments. Nothing is reported from there, and no types are kept: of the function itself that is known which holds for
 * any arguments.
 */

import type { FunctionClause } from "../../ast/nodes.ts";
import { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { FunctionDefinition } from "../../resolve/resolved.ts";
import { dynamic } from "../construct.ts";
import { typeKey } from "../key.ts";
import type { Type } from "../type.ts";
import { type ClauseEnd, checkClause, createFrame, summaryOf } from "./definitions.ts";
import type { Checker, SiteSummary, Sites } from "./frame.ts";
import { covers, mayMatch, remaining } from "./patterns.ts";

/** Functions that call functions are followed no deeper than this. */
const deepest = 3;

/** More kinds of arguments than this are not told apart in one body. */
const mostSites = 64;

export function createSites(): Sites {
  return { known: new Map(), open: [], lateReads: [], circles: 0 };
}

export function summaryAt(definition: FunctionDefinition, args: readonly Type[], checker: Checker): SiteSummary {
  const general = { ...checker.functionOf(definition), lateReads: [] };
  const { sites } = checker;
  const isKnown = args.some((type) => type.kind !== "dynamic");
  if (definition.spec !== null || args.length !== definition.arity || !isKnown) return general;
  if (sites.open.includes(definition)) sites.circles++;
  if (sites.open.includes(definition) || sites.open.length >= deepest) return general;
  const key = keyOf(args, checker);
  const known = sites.known.get(definition) ?? new Map<string, SiteSummary>();
  sites.known.set(definition, known);
  const before = known.get(key);
  if (before !== undefined || known.size >= mostSites) return before ?? general;
  const circles = sites.circles;
  const summary = inferAt(definition, args, checker) ?? general;
  // What a circle was cut short for depends on where it was entered.
  if (sites.circles === circles || sites.open.length === 0) known.set(key, summary);
  return summary;
}

/** Values of timeouts are known by identity, so equal types are told apart by the calls that these come from. */
function keyOf(args: readonly Type[], { sites, timeoutValues }: Checker): string {
  const origins = args.flatMap(partsOf).flatMap((part) => timeoutValues.get(part) ?? []);
  const places = origins.map(({ source, span }) => `${source.path} ${span.start}`);
  return [sites.open.length, ...args.map(typeKey), ...places].join(", ");
}

/** Null where no clause takes the arguments, which is reported of the call. */
function inferAt(definition: FunctionDefinition, args: readonly Type[], checker: Checker): SiteSummary | null {
  const { sites } = checker;
  const quiet: Checker = {
    ...checker,
    bag: new DiagnosticBag(),
    types: new Map(),
    locals: new Map(),
    discarded: new Set(),
    sites: { known: sites.known, open: [...sites.open, definition], lateReads: [], circles: sites.circles },
  };
  const ends = endsFor(definition, args, quiet);
  sites.circles = quiet.sites.circles;
  if (ends.length === 0) return null;
  const given = new Set(args.flatMap(partsOf));
  const lateReads = quiet.sites.lateReads.filter(({ value }) => given.has(value));
  return { ...summaryOf(args, ends, null), lateReads };
}

/** A type and all that it is made of. */
function partsOf(type: Type): Type[] {
  return [type, ...innerOf(type).flatMap(partsOf)];
}

function innerOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "union":
      return type.members;
    case "tuple":
      return type.items;
    case "list":
      return [type.element];
    case "record":
      return [...type.fields.values()].map((field) => field.type);
    default:
      return [];
  }
}

/** The clauses that can take the arguments, up to the one that takes whatever reaches it. */
function endsFor(definition: FunctionDefinition, args: readonly Type[], checker: Checker): ClauseEnd[] {
  const frame = createFrame(definition, checker);
  const ends: ClauseEnd[] = [];
  let left = args;
  for (const clause of definition.clauses) {
    const isPossible = all(clause, left, (pattern, type) => mayMatch(pattern, type, frame));
    if (clause.body === null || !isPossible) continue;
    ends.push(checkClause(clause, left, definition, checker));
    if (clause.guard) continue;
    if (all(clause, left, (pattern, type) => covers(pattern, type, frame))) break;
    const [param, ...others] = clause.params;
    if (param && others.length === 0) left = left.map((type) => remaining(param.pattern, type, frame));
  }
  return ends;
}

function all(
  { params }: FunctionClause,
  types: readonly Type[],
  test: (pattern: FunctionClause["params"][number]["pattern"], type: Type) => boolean,
): boolean {
  return params.every(({ pattern }, index) => test(pattern, types[index] ?? dynamic));
}
