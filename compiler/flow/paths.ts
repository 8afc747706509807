/**
 * What holds on all paths through a workflow, be it the least time they take or the calls they all make. The paths are
 * followed in one walk over the text; what is gathered on them is an algebra's affair. Errs on the side of more paths:
 * wherever code may fail or be left out, there is a path on which it did.
 */
import type { Block, Call, Expr, Fn, Node, Step, With, WorkflowItem } from "../ast/nodes.ts";
import { eachChild } from "../ast/walk.ts";
import { type BottomUp, bottomUp, remember } from "../calls/bottom-up.ts";
import type { Circle } from "../calls/circles.ts";
import { type Definition, isWorkflow } from "../calls/definition.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { FunctionDefinition, ResolvedModule, ResolvedWorkflow, TypedProgram } from "../resolve/resolved.ts";
import type { Typing } from "../types/check-types.ts";
import { membersOf } from "../types/join.ts";
import type { Type } from "../types/type.ts";

/** What is gathered along paths. */
export interface PathAlgebra<T> {
  /** Of a path on which nothing happens. */
  readonly nothing: T;
  /** Of no path at all: neutral in `either`, and what follows it never happens. */
  readonly never: T;
  readonly sequence: (first: T, second: T) => T;
  readonly either: (left: T, right: T) => T;
  /** Of paths that are gone side by side to their ends. */
  readonly beside: (left: T, right: T) => T;
  /** Of a call of a built-in function, or of a workflow. */
  readonly call: (call: Call, module: ResolvedModule, ofWorkflow: (workflow: ResolvedWorkflow) => T) => T;
  readonly same: (left: T, right: T) => boolean;
}

/** The paths that go on after some code, and those that leave it for good because it fails. */
export interface Paths<T> {
  readonly on: T;
  readonly out: T;
}

/** What is gathered on the paths from the start of each definition to its end; of workflows, all in `on`. */
export function followPaths<T>(
  algebra: PathAlgebra<T>,
  typing: () => Pick<Typing, "program" | "checkOf" | "checkOfBody">,
  createBag: () => DiagnosticBag,
): BottomUp<Paths<T>> {
  const recall = remember<Fn, Paths<T>>();
  return bottomUp(
    {
      grounds: ({ members }) => members.map((member) => typing().checkOf(member)),
      answer: (circle, answerOf) => {
        const { program, checkOfBody } = typing();
        const grounds = circle.members.length > 1 ? [{}] : [...circle.callees, ...circle.callees.map(answerOf)];
        const keep: KeepPaths<T> = (body, find) => recall(body, [checkOfBody(body), ...grounds], find);
        return followCircle(circle, program, algebra, answerOf, keep);
      },
      same: (before, now) => algebra.same(before.on, now.on) && algebra.same(before.out, now.out),
    },
    createBag,
  );
}

/** The paths of a body of a workflow, found again when what they rest on has changed. */
type KeepPaths<T> = (body: Fn, find: () => Paths<T>) => Paths<T>;

/**
 * On a path that comes back to a workflow that is open, or to a function by way of a workflow, nothing is gathered there.
 * One that comes back to a function directly goes on as that function's other paths do: in the first round there are none,
 * and each further round knows those of the one before.
 */
function followCircle<T>(
  { members }: Circle,
  program: TypedProgram,
  algebra: PathAlgebra<T>,
  answerOf: (callee: Definition) => Paths<T>,
  keep: KeepPaths<T>,
): ReadonlyMap<Definition, Paths<T>> {
  const { nothing, never, sequence, either, beside, same } = algebra;
  const still: Paths<T> = { on: nothing, out: never };
  const impossible: Paths<T> = { on: never, out: never };
  const known = new Map<Definition, Paths<T>>();
  const open = new Set<Definition>();
  const before = new Map<Definition, Paths<T>>();
  let comesBack = false;

  const then = (first: Paths<T>, second: Paths<T>): Paths<T> => {
    if (first === still) return second;
    if (second === still) return first;
    return {
      on: sequence(first.on, second.on),
      out: either(first.out, sequence(first.on, second.out)),
    };
  };
  const anyOf = (ways: readonly T[]): T => ways.reduce((left, right) => either(left, right), never);
  const or = (arms: readonly Paths<T>[]): Paths<T> => {
    const [first] = arms;
    if (first && arms.every((arm) => arm === first)) return first;
    return { on: anyOf(arms.map(({ on }) => on)), out: anyOf(arms.map(({ out }) => out)) };
  };

  const pathsOf = (definition: Definition): Paths<T> => {
    if (!members.includes(definition)) return answerOf(definition);
    const found = known.get(definition);
    if (found !== undefined) return found;
    if (open.has(definition)) return comeBackTo(definition);
    open.add(definition);
    const paths = isWorkflow(definition) ? ofWorkflow(definition) : ofFunction(definition);
    open.delete(definition);
    known.set(definition, paths);
    return paths;
  };

  const comeBackTo = (definition: Definition): Paths<T> => {
    if (isWorkflow(definition)) return still;
    const since = [...open];
    if (since.slice(since.indexOf(definition)).some(isWorkflow)) return { on: nothing, out: nothing };
    comesBack = true;
    return before.get(definition) ?? impossible;
  };

  const ofWorkflow = ({ ast, module }: ResolvedWorkflow): Paths<T> => ({
    on: ofItems(ast.items, nothing, new Map(), module),
    out: never,
  });

  const ofFunction = ({ clauses, module }: FunctionDefinition): Paths<T> => {
    const ends = clauses.flatMap(({ body }) => (body ? [ofExpr(body, module, false)] : []));
    return ends.length > 0 ? or(ends) : still;
  };

  /** From the start of the items to the end of the workflow; `after` is what follows them. */
  const ofItems = (
    items: readonly WorkflowItem[],
    after: T,
    targets: ReadonlyMap<string, T>,
    module: ResolvedModule,
  ): T => {
    let next = after;
    const later = new Map(targets);
    for (const item of [...items].reverse()) {
      next = ofItem(item, next, later, module);
      if (item.kind === "step") later.set(item.name.text, next);
    }
    return next;
  };

  const ofItem = (item: WorkflowItem, next: T, later: ReadonlyMap<string, T>, module: ResolvedModule): T => {
    switch (item.kind) {
      case "step": {
        const { goesOn, targets } = program.exitsOf(item);
        const ways = [...(goesOn ? [next] : []), ...targets.map((target) => later.get(target) ?? next)];
        const { on, out } = ofBody(item.body, module, true);
        return either(out, sequence(on, anyOf(ways)));
      }
      case "branch": {
        const { on, out } = ofBody(item.on, module, false);
        const clauses = item.clauses.map((clause) => ofItems(clause.items, next, later, module));
        const ways = item.clauses.some(takesAll) ? clauses : [...clauses, next];
        return either(out, sequence(on, anyOf(ways)));
      }
      case "parallel": {
        const branches = item.items.filter((inner): inner is Step => inner.kind === "step");
        const ends = branches.map((branch) => ofBody(branch.body, module, true));
        const all = ends.map(({ on, out }) => either(on, out)).reduce((one, other) => beside(one, other), nothing);
        const left = anyOf(ends.map(({ out }) => out));
        return either(left, sequence(all, next));
      }
      case "compensate":
        return next;
    }
  };

  /** Where a body `isEnd` of a step, its value says whether it has failed. */
  const ofBody = (body: Fn, module: ResolvedModule, isEnd: boolean): Paths<T> =>
    keep(body, () => or(body.clauses.map((clause) => ofExpr(clause.body, module, isEnd))));

  const ofExpr = (expr: Expr, module: ResolvedModule, isEnd: boolean): Paths<T> => {
    switch (expr.kind) {
      case "block":
        return ofBlock(expr, module, isEnd);
      case "case":
        return then(
          ofExpr(expr.subject, module, false),
          or(expr.clauses.map(({ body }) => ofExpr(body, module, isEnd))),
        );
      case "cond":
        return then(
          ofNode(expr.clauses[0]?.condition ?? null, module),
          or(expr.clauses.map(({ body }) => ofExpr(body, module, isEnd))),
        );
      case "if":
        return then(
          ofExpr(expr.condition, module, false),
          or([expr.then, expr.else].map((arm) => (arm ? ofExpr(arm, module, isEnd) : still))),
        );
      case "with":
        return ofWith(expr, module, isEnd);
      case "for":
        return ofNode(expr.qualifiers[0]?.kind === "generator" ? expr.qualifiers[0].source : null, module);
      case "try":
        return or([ofExpr(expr.body, module, false), still]);
      case "binary":
        return mayStop.has(expr.operator) ? ofExpr(expr.left, module, false) : ofParts(expr, module, isEnd);
      case "fn":
      case "capture":
        return still;
      default:
        return ofParts(expr, module, isEnd);
    }
  };

  const ofParts = (expr: Expr, module: ResolvedModule, isEnd: boolean): Paths<T> => {
    let paths = still;
    eachChild(expr, (part) => {
      paths = then(paths, ofNode(part, module));
    });
    if (expr.kind === "call") paths = then(paths, ofCall(expr, module));
    return isEnd ? ended(paths, program.typeOf(expr)) : paths;
  };

  const ofNode = (node: Node | null, module: ResolvedModule): Paths<T> =>
    node !== null && isExpr(node) ? ofExpr(node, module, false) : still;

  const ofBlock = ({ expressions }: Block, module: ResolvedModule, isEnd: boolean): Paths<T> =>
    expressions.reduce(
      (before, expr, index) => then(before, ofExpr(expr, module, isEnd && index === expressions.length - 1)),
      still,
    );

  /** After the first value, any may fail to match, and is then the end. */
  const ofWith = ({ bindings, body }: With, module: ResolvedModule, isEnd: boolean): Paths<T> => {
    const [first, ...others] = bindings.map(({ value }) => ofExpr(value, module, false));
    const rest = [...others, ofExpr(body, module, isEnd)].reduce(then, still);
    return then(first ?? still, or([rest, isEnd ? { on: nothing, out: nothing } : still]));
  };

  const ofCall = (call: Call, module: ResolvedModule): Paths<T> => {
    const target = program.resolved.calls.get(call);
    if (target?.kind === "function") return pathsOf(target.function);
    const on = algebra.call(call, module, (workflow) => pathsOf(workflow).on);
    if (program.typeOf(call).kind === "none") return { on: never, out: on };
    return on === nothing ? still : { on, out: never };
  };

  const ended = ({ on, out }: Paths<T>, type: Type): Paths<T> => ({
    on: membersOf(type).some((member) => !isFailure(member)) ? on : never,
    out: membersOf(type).some((member) => isFailure(member) || member.kind === "dynamic") ? either(out, on) : out,
  });

  const isSame = (left: Paths<T>, right: Paths<T>) => same(left.on, right.on) && same(left.out, right.out);
  /** Whether a round has found what the one before did not. */
  const goRound = (): boolean => {
    known.clear();
    members.forEach(pathsOf);
    const isNew = [...known].some(([definition, paths]) => !isSame(before.get(definition) ?? impossible, paths));
    for (const [definition, paths] of known) before.set(definition, paths);
    return comesBack && isNew;
  };
  for (let rounds = 0; rounds <= members.length && goRound(); rounds++);
  // A function of which no path ends runs out of stack.
  for (const [definition, paths] of known) {
    if (!isWorkflow(definition) && isSame(paths, impossible)) known.set(definition, { on: never, out: nothing });
  }
  return known;
}

/** After the left side, their right one may be left out. */
const mayStop: ReadonlySet<string> = new Set(["&&", "||", "and", "or"]);

function takesAll({ pattern, guard }: { readonly pattern: { readonly kind: string }; readonly guard: Expr | null }) {
  return guard === null && (pattern.kind === "wildcardPattern" || pattern.kind === "variablePattern");
}

function isFailure(type: Type): boolean {
  const [tag] = type.kind === "tuple" ? type.items : [];
  return tag?.kind === "literal" && tag.value === "error";
}

function isExpr(node: Node): node is Expr {
  return !node.kind.endsWith("Pattern");
}
