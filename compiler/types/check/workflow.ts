/**
 * The data of a workflow, followed from item to item: each step gets what all ways to it have in common, and adds what
 * it writes and returns. A join looks at every incoming edge: what falls through, what clauses end with, what jumps.
 */
import type { Branch, Parallel, Step, WorkflowItem } from "../../ast/nodes.ts";
import { unreachable } from "../../diagnostics/catalog/flow.ts";
import type { ResolvedWorkflow, StepExits } from "../../resolve/resolved.ts";
import { stepsOf } from "../../resolve/rules/compensations.ts";
import { withoutKey } from "../access.ts";
import { openRecord } from "../construct.ts";
import { joinRecords } from "../join.ts";
import type { RecordOf } from "../type.ts";
import { type BodyContext, checkBody, checkCondition } from "./body.ts";
import { checkClauses } from "./clauses.ts";
import { checkCompensations } from "./compensations.ts";
import type { Exit } from "./exits.ts";
import type { Checker } from "./frame.ts";
import { checkParallel, resultsKey } from "./parallel.ts";

/** One block's steps that are still to come, and the data of the jumps to them. */
interface Level {
  readonly isLater: (step: string) => boolean;
  readonly jumps: Map<string, RecordOf>;
}

/** Null where nothing leads. */
type Incoming = RecordOf | null;

export function checkWorkflow(workflow: ResolvedWorkflow, checker: Checker): RecordOf {
  const input = checker.inputOf(workflow);
  const context: BodyContext = {
    checker,
    module: workflow.module,
    input,
    events: checker.eventsOf(workflow),
    unknownKeys: [],
    grounds: [],
  };
  const groundsOf = (item: WorkflowItem) => checker.groundsOf(item, workflow);
  const end = checkItems(workflow.ast.items, input, [], context, groundsOf);
  checkCompensations(workflow, context);
  reportUnknownKeys(workflow, context);
  return end ? withoutKey(end, resultsKey) : openRecord;
}

function checkItems(
  items: readonly WorkflowItem[],
  start: Incoming,
  outer: readonly Level[],
  context: BodyContext,
  groundsOf = (_: WorkflowItem) => context.grounds,
): Incoming {
  const jumps = new Map<string, RecordOf>();
  let data = start;
  // Only the first of a run of dead items is worth a message; nor is any inside a block that is dead itself.
  let isDead = start === null;
  for (const [index, item] of items.entries()) {
    const isLater = (step: string) => items.slice(index + 1).some((other) => isStep(other, step));
    const levels = [{ isLater, jumps }, ...outer];
    if (item.kind === "step") data = join(data, jumps.get(item.name.text) ?? null);
    if (data === null && !isDead) reportUnreachable(item, context);
    isDead = data === null;
    data = checkItem(item, data, levels, { ...context, grounds: groundsOf(item) });
  }
  return data;
}

function reportUnreachable(item: WorkflowItem, { checker, module }: BodyContext): void {
  if (item.kind === "compensate") return;
  const span = item.kind === "step" ? item.name.span : item.keyword;
  const what = item.kind === "step" ? `The step \`:${item.name.text}\`` : `This \`${item.kind}\` block`;
  const location = { source: module.file.source, span };
  checker.bag.report(unreachable, location, { what, why: "every way leads past it" });
}

function isStep(item: WorkflowItem, name: string): boolean {
  return item.kind === "step" && item.name.text === name;
}

/** What nothing leads to is checked all the same, as if anything led there. */
function checkItem(item: WorkflowItem, incoming: Incoming, levels: readonly Level[], context: BodyContext): Incoming {
  const data = incoming ?? openRecord;
  context.checker.data.set(item, data);
  switch (item.kind) {
    case "step":
      return checkStep(item, data, levels, context);
    case "branch":
      return checkBranch(item, data, levels, context);
    case "parallel":
      return checkParallelItem(item, data, levels, context);
    case "compensate":
      return incoming;
  }
}

function checkStep(step: Step, data: RecordOf, levels: readonly Level[], context: BodyContext): Incoming {
  const exits = checkBody(step.body, data, [], `The step \`:${step.name.text}\``, context);
  const { checker } = context;
  checker.exits.set(step, waysOut(exits));
  const [first, ...others] = exits;
  if (first)
    checker.after.set(
      step,
      others.reduce((joined, exit) => joinRecords(joined, exit.data), first.data),
    );
  return follow(exits, levels);
}

function waysOut(exits: readonly Exit[]): StepExits {
  return {
    goesOn: exits.some((exit) => exit.target === null),
    targets: [...new Set(exits.flatMap((exit) => exit.target ?? []))],
  };
}

function reportUnknownKeys({ ast }: ResolvedWorkflow, { checker, unknownKeys }: BodyContext): void {
  if (unknownKeys.length === 0) return;
  const setters = settersOf(ast.items, checker);
  for (const report of unknownKeys) report((key) => setters.get(key) ?? [], checker.bag);
}

/** By key, the steps that add it to the data. */
function settersOf(items: readonly WorkflowItem[], { data, after }: Checker): ReadonlyMap<string, readonly string[]> {
  const setters = new Map<string, readonly string[]>();
  for (const step of stepsOf(items)) {
    const before = data.get(step);
    for (const key of after.get(step)?.fields.keys() ?? []) {
      if (before?.kind === "record" && before.fields.has(key)) continue;
      setters.set(key, [...(setters.get(key) ?? []), step.name.text]);
    }
  }
  return setters;
}

function checkParallelItem(
  parallel: Parallel,
  data: RecordOf,
  levels: readonly Level[],
  context: BodyContext,
): Incoming {
  const exits = checkParallel(parallel, data, context);
  context.checker.exits.set(parallel, waysOut(exits));
  return follow(exits, levels);
}

/**
 * Joins the ends that go on, and hands those that jump to the block they jump in. A jump to nowhere has been reported;
 * it counts as going on, so that it makes no further messages.
 */
function follow(exits: readonly Exit[], levels: readonly Level[]): Incoming {
  let next: Incoming = null;
  for (const { target, data } of exits) {
    const level = target === null ? undefined : levels.find(({ isLater }) => isLater(target));
    if (level && target !== null) level.jumps.set(target, joined(level, target, data));
    else next = join(next, data);
  }
  return next;
}

function joined(level: Level, target: string, data: RecordOf): RecordOf {
  return join(level.jumps.get(target) ?? null, data) ?? data;
}

function join(left: Incoming, right: Incoming): Incoming {
  if (!left || !right) return left ?? right;
  return joinRecords(left, right);
}

/** When no clause matches, the workflow goes on behind the branch with what it has. */
function checkBranch(branch: Branch, data: RecordOf, levels: readonly Level[], context: BodyContext): Incoming {
  const condition = checkCondition(branch.on, data, context);
  const { clauses, isCovered } = checkClauses(branch, condition, data, context);
  if (isCovered) context.checker.covered.add(branch);
  else context.checker.covered.delete(branch);
  let end: Incoming = isCovered ? null : data;
  for (const { clause, data: narrowed } of clauses) {
    end = join(end, checkItems(clause.items, narrowed, levels, context));
  }
  return end;
}
