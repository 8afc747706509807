/**
 * Type checking. Takes `ResolvedProgram`, gives `TypedProgram`: every expression has a type, `dynamic` where nothing is
 * known. Functions and workflows are checked once each, what is called before what calls it. A checker can be asked again
 * and again: a definition is checked anew only when its own text has changed, or what the types in it rest on.
 */
import type { Fn, WorkflowItem } from "../ast/nodes.ts";
import { type Answers, bottomUp, remember } from "../calls/bottom-up.ts";
import type { Circle } from "../calls/circles.ts";
import { type Definition, isWorkflow } from "../calls/definition.ts";
import type { CallGraph } from "../calls/graph.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { BoundModule } from "../resolve/resolve.ts";
import type { ResolvedModule, ResolvedProgram, ResolvedWorkflow, TypedProgram } from "../resolve/resolved.ts";
import type { FunctionSummary, TypeTables } from "./check/frame.ts";
import { dynamic, openRecord } from "./construct.ts";
import { type Declared, declaredTypes } from "./declared.ts";
import { createTypeReach } from "./named.ts";
import { bodyOf, checkCircle, type Outcome, sameOutcome } from "./outcome.ts";
import { createTypeTables, forgetTypes } from "./tables.ts";
import type { RecordOf } from "./type.ts";

export interface Typing {
  readonly program: TypedProgram;
  readonly bags: readonly DiagnosticBag[];
  /** Stands for the check of a definition: another object each time that it is checked. */
  readonly checkOf: (definition: Definition) => object;
  /** What stands for what is known of a definition where it is called; the same object while that is the same. */
  readonly outcomeOf: (definition: Definition) => object;
  /** Stands for the check of a workflow's body. */
  readonly checkOfBody: (body: Fn) => object | undefined;
  /** What is asked of the program from here on counts no more for what may be kept. */
  readonly settle: () => void;
}

export type TypeChecker = (graph: CallGraph) => Typing;

export function createTypeChecker(resolved: ResolvedProgram, createBag: () => DiagnosticBag): TypeChecker {
  const tables = createTypeTables();
  const textsOf = createTypeReach(resolved);
  const recallReach = remember<ResolvedModule, object>();
  const recallDeclared = remember<ResolvedModule, Declared>();
  let graph: CallGraph;
  let boundOf: ReadonlyMap<ResolvedModule, BoundModule>;
  /** Stands for what the types named in each module lead to. */
  let reach: ReadonlyMap<ResolvedModule, object>;
  let { inputOf, eventsOf } = declarationsIn(new Map());
  const recallMeaning = remember<Definition, object>();
  const typesIn = ({ members }: Circle): readonly unknown[] => [
    ...members.map(({ module }) => reach.get(module)),
    ...members.flatMap((member) => [...graph.outlineOf(member).children].map((child) => inputOf(child))),
  ];
  const grounds = (circle: Circle): readonly unknown[] => [
    ...circle.members.map(({ module }) => boundOf.get(module)),
    ...typesIn(circle),
  ];
  /** Stands for all that the bodies of a workflow may mention; null where it calls itself, by way of others or not. */
  const meaningIn = (circle: Circle, outcomeOf: (callee: Definition) => Outcome): object | null => {
    const {
      members: [only, ...others],
      callees,
    } = circle;
    if (!only || !isWorkflow(only) || others.length > 0 || graph.outlineOf(only).callees.includes(only)) return null;
    const own = [inputOf(only), eventsOf(only), ...typesIn(circle)];
    return recallMeaning(only, [...own, ...callees, ...callees.map(outcomeOf)], () => ({}));
  };
  const answer = (circle: Circle, outcomeOf: (callee: Definition) => Outcome, bag: DiagnosticBag) => {
    const meaning = meaningIn(circle, outcomeOf);
    const groundsOf = (item: WorkflowItem, { module }: ResolvedWorkflow) => [
      boundOf.get(module)!.boundPart(item),
      meaning ?? {},
    ];
    const parts = { ...tables, resolved, bag, createBag, inputOf, eventsOf, groundsOf };
    const outcomes = [...checkCircle(circle, parts, outcomeOf)].map(([definition, known]): [Definition, Outcome] => [
      definition,
      { known, body: bodyOf(definition, circle, graph.outlineOf, outcomeOf) },
    ]);
    return new Map(outcomes);
  };
  const same = (before: Outcome, now: Outcome) => sameOutcome(before, now, tables);
  const refresh = bottomUp<Outcome>({ grounds, answer, same }, createBag);

  return (current) => {
    graph = current;
    tables.watch.isOn = true;
    const { modules, dropped } = graph.resolution;
    forgetTypes(dropped, tables);
    boundOf = new Map(modules.map((bound) => [bound.module, bound]));
    reach = new Map(modules.map(({ module }) => [module, recallReach(module, textsOf(module), () => ({}))]));
    const declared = new Map(
      modules.map((bound) => {
        const { module } = bound;
        const read = (before: Declared | null) => declaredTypes(module, resolved, before, tables, createBag());
        return [module, recallDeclared(module, [bound, reach.get(module)], read)];
      }),
    );
    ({ inputOf, eventsOf } = declarationsIn(declared));
    const outcomes = refresh(graph.circles);
    const bags = [...[...declared.values()].map(({ bag }) => bag), ...outcomes.bags()];
    const program = typedProgram(resolved, tables, outcomes, { inputOf, eventsOf });
    const settle = () => {
      tables.watch.isOn = false;
    };
    const checkOfBody = (body: Fn) => tables.bodies.get(body)?.given;
    return { program, bags, checkOf: outcomes.findingOf, outcomeOf: outcomes.of, checkOfBody, settle };
  };
}

/** Of the workflows of modules whose declared types have been read. */
function declarationsIn(declared: ReadonlyMap<ResolvedModule, Declared>): Pick<TypedProgram, "inputOf" | "eventsOf"> {
  return {
    inputOf: (workflow) => declared.get(workflow.module)!.inputs.get(workflow)!,
    eventsOf: (workflow) => declared.get(workflow.module)!.events.get(workflow)!,
  };
}

function typedProgram(
  resolved: ResolvedProgram,
  tables: TypeTables,
  outcomes: Answers<Outcome>,
  declared: Pick<TypedProgram, "inputOf" | "eventsOf">,
): TypedProgram {
  return {
    resolved,
    typeOf: (expr) => tables.types.get(expr) ?? dynamic,
    typeOfLocal: (local) => tables.locals.get(local) ?? dynamic,
    dataAt: (item) => tables.data.get(item) ?? openRecord,
    dataAfter: (step) => tables.after.get(step) ?? null,
    exitsOf: (item) => tables.exits.get(item) ?? { goesOn: true, targets: [] },
    isCovered: (branch) => tables.covered.has(branch),
    signatureOf: (definition) => outcomes.of(definition).known as FunctionSummary,
    ...declared,
    resultOf: (workflow) => outcomes.of(workflow).known as RecordOf,
    originOf: (record) => tables.origins.get(record) ?? null,
  };
}
