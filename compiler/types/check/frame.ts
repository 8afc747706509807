import type { Branch, Compensate, Expr, Fn, Parallel, Step, WorkflowItem } from "../../ast/nodes.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Related, Rule } from "../../diagnostics/diagnostic.ts";
import type {
  FunctionDefinition,
  Local,
  Origin,
  ResolvedModule,
  ResolvedProgram,
  ResolvedWorkflow,
  StepExits,
} from "../../resolve/resolved.ts";
import type { Place } from "../../source/place.ts";
import type { Location, Span } from "../../source/source.ts";
import type { Flow, Writes } from "../flow.ts";
import { joinWrites } from "../flow.ts";
import { union } from "../join.ts";
import type { Watch } from "../slot.ts";
import type { RecordOf, Type } from "../type.ts";
import type { KeptBody } from "./kept.ts";

export type DataItem = Step | Branch | Parallel | Compensate;

/** What checking has found, for the whole program. */
export interface TypeTables {
  readonly types: Map<Expr, Type>;
  readonly locals: Map<Local, Type>;
  readonly data: Map<DataItem, Type>;
  /** Calls whose value nobody takes. */
  readonly discarded: Set<Expr>;
  /** The data after a step, however it ends. */
  readonly after: Map<Step, RecordOf>;
  readonly exits: Map<Step | Parallel, StepExits>;
  /** Branches one of whose clauses takes every value. */
  readonly covered: Set<Branch>;
  /** Types that stand for a timeout's value, each with the place of the call it comes from; by identity. */
  readonly timeoutValues: WeakMap<Type, Place>;
  /** Types of what nothing is known but that it is nil after a timeout; by identity, and gone once it has been tested. */
  readonly lateNils: WeakSet<Type>;
  /** Types that stand for the failure of a child; by identity. */
  readonly childFailures: WeakSet<Type>;
  /** Where records come from that are known as a whole; by identity. */
  readonly origins: WeakMap<RecordOf, Origin>;
  readonly bodies: Map<Fn, KeptBody>;
  readonly watch: Watch;
}

/** The check of one definition, or of a few that call each other. */
export interface Checker extends TypeTables {
  readonly resolved: ResolvedProgram;
  readonly bag: DiagnosticBag;
  readonly createBag: () => DiagnosticBag;
  /** What the bodies of an item rest on, besides the data that they are given. */
  readonly groundsOf: (item: WorkflowItem, workflow: ResolvedWorkflow) => readonly unknown[];
  readonly functionOf: (definition: FunctionDefinition) => FunctionSummary;
  readonly sites: Sites;
  readonly inputOf: (workflow: ResolvedWorkflow) => RecordOf;
  readonly eventsOf: (workflow: ResolvedWorkflow) => RecordOf | null;
  readonly resultOf: (workflow: ResolvedWorkflow) => RecordOf;
}

/** What is known of functions without `@spec` for the arguments of their calls; see sites.ts. */
export interface Sites {
  readonly known: Map<FunctionDefinition, Map<string, SiteSummary>>;
  /** Functions being inferred for a call, outermost first. */
  readonly open: readonly FunctionDefinition[];
  /** Reads of values of timeouts in the function being inferred. */
  readonly lateReads: LateRead[];
  /** How often a function has been met again inside of itself. */
  circles: number;
}

/** What a call to a function of the project gives and does, whatever the arguments. */
export interface FunctionSummary {
  readonly params: readonly Type[];
  readonly result: Type;
  readonly writes: Writes;
}

/** What a call does with these arguments. */
export interface SiteSummary extends FunctionSummary {
  /** Where arguments are read that may be values of timeouts. */
  readonly lateReads: readonly LateRead[];
}

/** A value of a timeout, known by identity, that is read like a result. */
export interface LateRead {
  readonly value: Type;
  readonly location: Place;
}

/** One way a body ends: with a value of this type, after these writes. */
export interface Return {
  readonly type: Type;
  readonly writes: Writes;
  readonly span: Span;
  /** What the value was written as; null for an empty arm. */
  readonly expr: Expr | null;
}

/** `setBy` tells the steps of the workflow that set a key. */
export type UnknownKeyReport = (setBy: (key: string) => readonly string[], bag: DiagnosticBag) => void;

/** A body that is being checked. `flow` moves on with the walk; everything else stays. */
export interface Frame {
  readonly checker: Checker;
  readonly module: ResolvedModule;
  /** The workflow's input and the step's data, for the functions that read them. */
  readonly input: Type;
  /** The payloads that the workflow declares for its events; null where none are declared, or outside of workflows. */
  readonly events: RecordOf | null;
  readonly data: RecordOf;
  /** Takes reports of keys that nothing sets, until it is known which steps set them; null outside of workflows. */
  readonly unknownKeys: UnknownKeyReport[] | null;
  /** The types of `&1`, `&2`, … inside a capture. */
  captured: readonly Type[];
  /** Where the body's ends are gathered. */
  readonly returns: Return[];
  flow: Flow;
  /** How many loops and functions are around: in them the context may already hold what a later line writes. */
  loops: number;
}

export function report<Params>(
  frame: Frame,
  rule: Rule<Params>,
  span: Span,
  params: Params,
  related: readonly Related[] = [],
): void {
  frame.checker.bag.report(rule, locate(frame, span), params, related);
}

export function locate({ module }: Frame, span: Span): Location {
  return { source: module.file.source, span };
}

/** Runs alternatives, each from the same starting point, and joins what they come to. */
export function alternatives(frame: Frame, arms: readonly (() => Type)[]): Type {
  const start = frame.flow;
  const ends: Flow[] = [];
  const types: Type[] = [];
  for (const arm of arms) {
    frame.flow = start;
    const type = arm();
    types.push(type);
    // What cannot end, because it raises, has no say in what is known afterwards.
    if (type.kind !== "none") ends.push(frame.flow);
  }
  const [only, ...others] = ends;
  const narrowed = only && others.length === 0 ? only.narrowed : start.narrowed;
  frame.flow = { writes: joinAll(ends, start), narrowed };
  return union(...types);
}

function joinAll(ends: readonly Flow[], start: Flow): Writes {
  const [first, ...others] = ends;
  if (!first) return start.writes;
  return others.reduce((joined, end) => joinWrites(joined, end.writes), first.writes);
}

/** Records what tests have shown, for what follows in this arm. */
export function learn(frame: Frame, narrowed: ReadonlyMap<Local, Type>): void {
  if (narrowed.size === 0) return;
  frame.flow = { ...frame.flow, narrowed: new Map([...frame.flow.narrowed, ...narrowed]) };
}

export function setWrites(frame: Frame, writes: Writes): void {
  frame.flow = { ...frame.flow, writes };
}
