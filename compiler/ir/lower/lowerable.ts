/**
 * What cannot be lowered, found part by part. Most parts are calm and are sure to be; each of the others is lowered alone,
 * for what is found on the way, and again only when it has changed, or what it rests on.
 */
import type { Fn, FunctionClause, WorkflowItem } from "../../ast/nodes.ts";
import { remember } from "../../calls/bottom-up.ts";
import type { Definition } from "../../calls/definition.ts";
import type { CallGraph } from "../../calls/graph.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import { createPartFindings } from "../../diagnostics/part-findings.ts";
import type { Flow } from "../../flow/check-flow.ts";
import { createEffectTable } from "../../flow/effects.ts";
import { checkForeignCallbacks } from "../../flow/foreign-callbacks.ts";
import { checkSaved } from "../../flow/saved.ts";
import { type Part, unkeptIn } from "../../resolve/parts.ts";
import type { BoundModule } from "../../resolve/resolve.ts";
import type { FunctionDefinition, ResolvedWorkflow } from "../../resolve/resolved.ts";
import type { Typing } from "../../types/check-types.ts";
import { createFacts } from "./facts.ts";
import { lowerPart } from "./workflow.ts";

export type LowerableChecker = (graph: CallGraph, typing: Typing, flow: Flow) => (bound: BoundModule) => DiagnosticBag;

export function createLowerableChecker(createBag: () => DiagnosticBag): LowerableChecker {
  const findIn = createPartFindings<Part>(createBag);
  const recallMeaning = remember<Definition, object>();
  return (graph, typing, flow) => {
    const meaningOf = meaningsIn(graph, typing, flow);
    const factsOf = () => createFacts(typing.program, createEffectTable(typing.program.resolved, flow.effectsOf));

    const checkClause = (clause: FunctionClause, { module }: FunctionDefinition, bag: DiagnosticBag) => {
      const facts = factsOf();
      if (facts.effectsOf(clause).async) checkForeignCallbacks(clause, module.file.source, facts, bag);
    };
    const checkItem = (item: WorkflowItem, workflow: ResolvedWorkflow, bag: DiagnosticBag) => {
      const facts = factsOf();
      const { suspends, starts, async } = facts.effectsOf(item);
      if (async) checkForeignCallbacks(item, workflow.module.file.source, facts, bag);
      if (suspends || starts) checkSaved(lowerPart(item, { workflow, facts, bag }), workflow, facts, bag);
    };

    return ({ module, boundPart }) => {
      const bag = createBag();
      const { source } = module.file;
      const facts = factsOf();
      const others = [...unkeptIn(module.ast), ...module.constants.values()];
      for (const code of others) checkForeignCallbacks(code, source, facts, bag);
      const meaningIn = (owner: Definition) => recallMeaning(owner, meaningOf(owner), () => ({}));
      const note = (part: Part, meaning: object, bodies: readonly Fn[], find: (bag: DiagnosticBag) => void) => {
        const grounds = [boundPart(part), meaning, ...bodies.map(typing.checkOfBody)];
        bag.add(findIn(part, grounds, { source, span: part.span }, find));
      };
      for (const definition of module.functions.values()) {
        const meaning = meaningIn(definition);
        for (const clause of definition.clauses) {
          note(clause, meaning, [], (found) => checkClause(clause, definition, found));
        }
      }
      for (const workflow of module.workflows) {
        const meaning = meaningIn(workflow);
        for (const item of workflow.ast.items) {
          note(item, meaning, bodiesIn(item), (found) => checkItem(item, workflow, found));
        }
      }
      return bag;
    };
  };
}

/** What a definition's parts rest on besides themselves: functions that are lowered into it, and what those it calls may do. */
function meaningsIn(graph: CallGraph, { outcomeOf }: Typing, { effectsOf, reach }: Flow) {
  const boundOf = new Map(graph.resolution.modules.map((bound) => [bound.module, bound]));
  const effectsIn = (called: FunctionDefinition) => Object.values(effectsOf({ kind: "function", function: called }));
  return (definition: Definition): readonly unknown[] => {
    const reached = [...reach.from(definition)];
    const called = [definition, ...reached].flatMap((each) => [...graph.outlineOf(each).functions]);
    return [
      ...reached.flatMap(({ clauses, module }) => clauses.map((clause) => boundOf.get(module)!.boundPart(clause))),
      ...reached.flatMap((each) => [each, ...graph.outlineOf(each).callees].map(outcomeOf)),
      ...called.flatMap((each) => [each, ...effectsIn(each)]),
    ];
  };
}

function bodiesIn(item: WorkflowItem): readonly Fn[] {
  switch (item.kind) {
    case "step":
    case "compensate":
      return [item.body];
    case "branch":
      return [item.on, ...item.clauses.flatMap(({ items }) => items.flatMap(bodiesIn))];
    case "parallel":
      return [...(item.into ? [item.into] : []), ...item.items.flatMap(bodiesIn)];
  }
}
