/**
 * What lowering knows about the program: the tables of resolution and typing, extended by the nodes and locals that
 * lowering makes itself. A derived node answers every question as the node it was made from.
 */
import type { Call, Expr, FnClause, FunctionRef, Node, Variable, VariablePattern } from "../../ast/nodes.ts";
import { children } from "../../ast/walk.ts";
import { calm, type EffectTable, joinAll } from "../../flow/effects.ts";
import type {
  CallTarget,
  FunctionDefinition,
  Local,
  PreludeFunction,
  ResolvedWorkflow,
  TypedProgram,
} from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import { dynamic } from "../../types/construct.ts";
import type { Type } from "../../types/type.ts";
import type { Effects, StateId } from "../machine.ts";

/** Operations on what compiled code holds itself; see emit/expression/builtin.ts. */
export type CoreOperation =
  | "elements"
  | "item"
  | "next"
  | "append"
  | "concat"
  | "isOver"
  | "isMissing"
  | "into"
  | "uniq";

/** `at` is the node itself, `after` the checkpoint or `else` that follows it, `loop` the loop over its elements. */
export type PlaceRole = "at" | "after" | "loop";

export interface Facts {
  readonly program: TypedProgram;
  readonly effectsOf: (node: Node) => Effects;
  readonly effectsOfFunction: (definition: FunctionDefinition) => Effects;
  readonly typeOf: (expr: Expr) => Type;
  readonly typeOfLocal: (local: Local) => Type;
  readonly localOf: (node: Variable | VariablePattern) => Local | null;
  readonly targetOf: (call: Call | FunctionRef) => CallTarget | null;
  /** The workflow that a call of `call_workflow` or `start_workflow` names. */
  readonly childOf: (call: Call) => ResolvedWorkflow | null;
  /** The clauses of a function that is lowered into this call, as `inline` gave them. */
  readonly inlined: (call: Call) => readonly FnClause[] | null;
  readonly inline: (call: Call, clauses: readonly FnClause[]) => void;
  /** Registers `copy` as standing for `original`. */
  readonly derive: <T extends Node>(copy: T, original: Node) => T;
  /** A local of the compiler's own; `name` is a wish, the emitter makes it unique. */
  readonly fresh: (name: string, type: Type, span: Span) => Local;
  /** The id planned for the suspension, start or join at this node; see ids.ts. */
  readonly idOf: (node: Node, role: PlaceRole) => StateId;
  readonly place: (node: Node, role: PlaceRole, id: StateId) => void;
  /** A call of one of the runtime's own operations, `core.item`, that no source names. */
  readonly operation: (name: CoreOperation, args: readonly Expr[], type: Type, span: Span) => Call;
  /** A call of the function that a reference names. */
  readonly callOf: (ref: FunctionRef, args: readonly Expr[]) => Call;
  /** A pattern that binds a local. */
  readonly binding: (local: Local, span: Span) => VariablePattern;
  /** A node that reads a local. */
  readonly read: (local: Local, span: Span) => Variable;
}

export function createFacts(program: TypedProgram, effects: EffectTable): Facts {
  const originals = new Map<Node, Node>();
  const reads = new Map<Variable | VariablePattern, Local>();
  const types = new Map<Local, Type>();
  const places = { at: new Map<Node, StateId>(), after: new Map<Node, StateId>(), loop: new Map<Node, StateId>() };
  const inlines = new Map<Call, readonly FnClause[]>();
  let freshIds = -1;

  const origin = <T extends Node>(node: T): T => (originals.get(node) as T | undefined) ?? node;
  const localOf = (node: Variable | VariablePattern) => reads.get(node) ?? program.resolved.locals.get(node) ?? null;
  const operations = new Map<Expr, CallTarget>();
  const targetOf = (call: Call | FunctionRef) =>
    operations.get(call) ?? program.resolved.calls.get(origin(call)) ?? null;
  const typeOfLocal = (local: Local) => types.get(local) ?? program.typeOfLocal(local);

  const made = (name: string, args: readonly Expr[], target: CallTarget, span: Span): Call => {
    const shape = { keywords: false, piped: false, parentheses: true } as const;
    const call: Call = { kind: "call", span, module: null, name: { text: name, span }, args, ...shape };
    operations.set(call, target);
    originals.set(call, call);
    return call;
  };
  const derivedEffects = new Map<Node, Effects>();
  const effectsOf = (node: Node): Effects => {
    if (!originals.has(node)) return effects.of(node);
    const known = derivedEffects.get(node);
    if (known) return known;
    const target = node.kind === "call" ? targetOf(node) : null;
    const found = joinAll([target ? effects.ofTarget(target) : calm, ...children(node).map(effectsOf)]);
    derivedEffects.set(node, found);
    return found;
  };

  return {
    program,
    effectsOf,
    effectsOfFunction: (definition) => effects.ofTarget({ kind: "function", function: definition }),
    localOf,
    typeOfLocal,
    typeOf(expr) {
      const local = expr.kind === "variable" ? reads.get(expr) : undefined;
      if (local) return typeOfLocal(local);
      const operation = operations.get(expr);
      if (operation) return operation.kind === "prelude" ? operation.function.result : dynamic;
      return program.typeOf(origin(expr));
    },
    targetOf,
    childOf: (call) => program.resolved.children.get(origin(call)) ?? null,
    inlined: (call) => inlines.get(call) ?? inlines.get(origin(call)) ?? null,
    inline: (call, clauses) => void inlines.set(call, clauses),
    derive(copy, original) {
      originals.set(copy, origin(original));
      return copy;
    },
    fresh(name, type, span) {
      const local: Local = { id: freshIds--, name, span };
      types.set(local, type);
      return local;
    },
    idOf(node, role) {
      const id = places[role].get(node) ?? places[role].get(originals.get(node) ?? node);
      if (id === undefined) throw new Error(`internal: no state id was planned for this ${node.kind}`);
      return id;
    },
    place(node, role, id) {
      places[role].set(node, id);
    },
    operation: (name, args, type, span) =>
      made(name, args, { kind: "prelude", function: coreFunction(name, args.length, type) }, span),
    callOf(ref, args) {
      const target = targetOf(ref);
      if (!target)
        throw new Error(`internal: ${ref.name.text}/${ref.arity} is unknown, and resolution did not report it`);
      return made(ref.name.text, args, target, ref.span);
    },
    binding(local, span) {
      const pattern: VariablePattern = { kind: "variablePattern", span, name: local.name };
      reads.set(pattern, local);
      return pattern;
    },
    read(local, span) {
      const variable: Variable = { kind: "variable", span, name: local.name };
      reads.set(variable, local);
      return variable;
    },
  };
}

function coreFunction(name: CoreOperation, arity: number, result: Type): PreludeFunction {
  return {
    module: "core",
    name,
    arity,
    params: [],
    result,
    effect: "pure",
    doc: "",
    written: { params: [], result: "" },
  };
}
