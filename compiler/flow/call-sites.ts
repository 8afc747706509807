/**
 * Every place where a workflow calls or starts another: in its own steps, and in the functions they call, once for each
 * way that leads there. A site remembers the choices on its way, so that two can be told to exclude each other.
 */
import type { Call, Expr, FnClause, For, FunctionClause, Node, Pattern, Step, WorkflowItem } from "../ast/nodes.ts";
import { eachChild } from "../ast/walk.ts";
import { defaultsOf, placeArguments } from "../ir/lower/defaults.ts";
import type {
  FunctionDefinition,
  Local,
  PreludeFunction,
  ResolvedModule,
  ResolvedProgram,
  ResolvedWorkflow,
} from "../resolve/resolved.ts";
import { constantValue, type Folded } from "./constants.ts";

/** Which arm of which choice: of a `case`, a `branch`, a function's clauses. */
type Choices = ReadonlyMap<object, number>;

export interface CallSite {
  readonly call: Call;
  /** Of the workflow: what the call runs in. */
  readonly item: WorkflowItem;
  /** Whose text the call stands in. */
  readonly module: ResolvedModule;
  /** The step, or null in a compensation or an `into:`. */
  readonly step: Step | null;
  readonly choices: Choices;
  /** The innermost loop around it, in the same function. */
  readonly loop: Node | null;
  /** Whether any loop is around it, be it around the call of its function. */
  readonly repeated: boolean;
  /** The calls of functions that lead here from the step, outermost first. */
  readonly via: readonly Call[];
  readonly known: Knowledge;
}

/** What is known of variables on the way: of those bound in this body and not followed by a wait, how they were computed. */
export interface Knowledge {
  readonly values: ReadonlyMap<Local, Folded>;
  readonly computed: ReadonlyMap<Local, Expr>;
}

interface Way extends Omit<CallSite, "call" | "item" | "known"> {
  /** Grows as the body is gone through. */
  readonly known: { readonly values: Map<Local, Folded>; readonly computed: Map<Local, Expr> };
  readonly program: ResolvedProgram;
  /** Null before the first item. */
  readonly item: WorkflowItem | null;
  readonly isWanted: (called: PreludeFunction) => boolean;
  readonly acts: (definition: FunctionDefinition) => boolean;
  readonly sites: CallSite[];
  /** Functions on the way, which are not entered again. */
  readonly open: readonly FunctionDefinition[];
}

/** What is looked for. */
export interface Wanted {
  readonly isWanted: (called: PreludeFunction) => boolean;
  /** Whether a function may lead to such a call. */
  readonly acts: (definition: FunctionDefinition) => boolean;
}

export function isOrchestration({ module }: PreludeFunction): boolean {
  return module === "Durable.Orchestration";
}

/** In the order of the source. */
export function callSitesOf(
  workflow: ResolvedWorkflow,
  program: ResolvedProgram,
  { isWanted, acts }: Wanted,
): CallSite[] {
  const sites: CallSite[] = [];
  const { module } = workflow;
  const way = {
    program,
    isWanted,
    acts,
    sites,
    module,
    item: null,
    step: null,
    choices: new Map(),
    loop: null,
    repeated: false,
    via: [],
    known: nothingKnown(),
    open: [],
  };
  for (const item of workflow.ast.items) visitItem(item, way);
  return sites;
}

function nothingKnown(): Way["known"] {
  return { values: new Map(), computed: new Map() };
}

function visitItem(item: WorkflowItem, way: Way): void {
  switch (item.kind) {
    case "step":
      visit(item.body, { ...way, item, step: item, known: nothingKnown() });
      break;
    case "branch":
      for (const [index, clause] of item.clauses.entries()) {
        for (const inner of clause.items) visitItem(inner, choose(way, item, index));
      }
      break;
    case "parallel":
      for (const inner of item.items) visitItem(inner, way);
      if (item.into) visit(item.into, { ...way, item });
      break;
    case "compensate":
      visit(item.body, { ...way, item });
      break;
  }
}

function choose(way: Way, choice: object, arm: number): Way {
  return { ...way, choices: new Map(way.choices).set(choice, arm) };
}

function visit(node: Node, way: Way): void {
  switch (node.kind) {
    case "call":
      visitCall(node, way);
      break;
    case "case":
      visit(node.subject, way);
      visitArms(
        node,
        node.clauses.map((clause) => [clause.guard, clause.body]),
        way,
      );
      break;
    case "if":
      visit(node.condition, way);
      visitArms(node, [[node.then], [node.else]], way);
      break;
    case "cond":
      visitArms(
        node,
        node.clauses.map((clause) => [clause.body]),
        way,
      );
      for (const clause of node.clauses) visit(clause.condition, way);
      break;
    case "fn":
      visitArms(
        node,
        node.clauses.map((clause: FnClause) => [clause.body]),
        way,
      );
      break;
    case "for":
      visitFor(node, way);
      break;
    case "match":
      visit(node.value, way);
      learn(node.pattern, node.value, way);
      break;
    default:
      eachChild(node, (child) => visit(child, way));
      break;
  }
}

/** `name = value`: a variable is bound once, so what is learnt of it stays true. */
function learn(pattern: Pattern, value: Expr, { program, module, known }: Way): void {
  const local = pattern.kind === "variablePattern" ? program.locals.get(pattern) : undefined;
  if (!local) return;
  const folded = constantIn(value, module, program, known.values);
  if (folded) known.values.set(local, folded);
  else known.computed.set(local, value);
}

/** The value of an expression, where that is known when the program is compiled. */
export function constantIn(
  expr: Expr,
  module: ResolvedModule,
  program: ResolvedProgram,
  values: Knowledge["values"],
): Folded | null {
  return constantValue(expr, module, program, (variable) => {
    const local = program.locals.get(variable);
    return (local && values.get(local)) ?? null;
  });
}

function visitArms(choice: Node, arms: readonly (readonly (Expr | null)[])[], way: Way): void {
  for (const [index, arm] of arms.entries()) {
    const inner = arms.length > 1 ? choose(way, choice, index) : way;
    for (const part of arm) if (part) visit(part, inner);
  }
}

/** The first generator's source is computed once; everything else in every round. */
function visitFor(node: For, way: Way): void {
  const inside = { ...way, loop: node, repeated: true };
  const [first] = node.qualifiers;
  const once = first?.kind === "generator" ? first.source : null;
  eachChild(node, (child) => visit(child, child === once ? way : inside));
}

function visitCall(node: Call, way: Way): void {
  const target = way.program.calls.get(node);
  const isLoop = target?.kind === "prelude" && target.function.module === "Enum";
  for (const arg of node.args) {
    const inside = isLoop && (arg.kind === "fn" || arg.kind === "capture");
    visit(arg, inside ? { ...way, loop: arg, repeated: true } : way);
  }
  if (target?.kind === "prelude" && way.item && way.isWanted(target.function)) {
    const { item, module, step, choices, loop, repeated, via } = way;
    const known = { values: new Map(way.known.values), computed: new Map(way.known.computed) };
    way.sites.push({ call: node, item, module, step, choices, loop, repeated, via, known });
  }
  // What has been computed before a wait is kept, and is the same in every attempt after it.
  if (target?.kind === "prelude" && target.function.effect === "suspends") way.known.computed.clear();
  if (target?.kind === "function") visitFunction(node, target.function, way);
}

function visitFunction(call: Call, definition: FunctionDefinition, way: Way): void {
  if (way.open.includes(definition) || !way.acts(definition)) return;
  const { clauses, module } = definition;
  const inside = { ...way, module, loop: null, via: [...way.via, call], open: [...way.open, definition] };
  for (const [index, clause] of clauses.entries()) {
    if (!clause.body) continue;
    const known = { values: argumentsOf(call, definition, clause, way), computed: new Map() };
    visit(clause.body, { ...(clauses.length > 1 ? choose(inside, call, index) : inside), known });
  }
}

/** What the parameters of a clause are known to hold in this call. */
function argumentsOf(
  call: Call,
  definition: FunctionDefinition,
  { params }: FunctionClause,
  { program, module, known }: Way,
): Map<Local, Folded> {
  const given = placeArguments(definition, call.args);
  const defaults = defaultsOf(definition);
  const values = new Map<Local, Folded>();
  for (const [index, { pattern }] of params.entries()) {
    const local = pattern.kind === "variablePattern" ? program.locals.get(pattern) : undefined;
    const argument = given[index];
    const initial = defaults[index];
    const folded = argument
      ? constantIn(argument, module, program, known.values)
      : initial && constantValue(initial, definition.module, program);
    if (local && folded) values.set(local, folded);
  }
  return values;
}

/** Whether one execution can come by both. Steps apart are for `follows` to judge: can the second come after the first? */
export function canBothRun(
  first: CallSite,
  second: CallSite,
  follows: (earlier: Step, later: Step) => boolean,
): boolean {
  for (const [choice, arm] of first.choices) {
    const other = second.choices.get(choice);
    if (other !== undefined && other !== arm) return false;
  }
  if (!first.step || !second.step || first.step === second.step) return true;
  return follows(first.step, second.step);
}
