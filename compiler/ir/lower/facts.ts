/**
 * What lowering knows about the program: the tables of resolution and typing, extended by the nodes and locals that
 * lowering makes itself. A derived node answers every question as the node it was made from.
 */
import type { Call, Expr, FunctionRef, Node, Variable, VariablePattern } from "../../ast/nodes.ts";
import { children } from "../../ast/walk.ts";
import { calm, type EffectTable, joinAll } from "../../flow/effects.ts";
import type { CallTarget, FunctionDefinition, Local, TypedProgram } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import type { Type } from "../../types/type.ts";
import type { Effects, StateId } from "../machine.ts";

/** `at` is the node itself; `after` is the checkpoint that follows it. */
export type PlaceRole = "at" | "after";

export interface Facts {
  readonly program: TypedProgram;
  readonly effectsOf: (node: Node) => Effects;
  readonly effectsOfFunction: (definition: FunctionDefinition) => Effects;
  readonly typeOf: (expr: Expr) => Type;
  readonly typeOfLocal: (local: Local) => Type;
  readonly localOf: (node: Variable | VariablePattern) => Local | null;
  readonly targetOf: (call: Call | FunctionRef) => CallTarget | null;
  /** Registers `copy` as standing for `original`. */
  readonly derive: <T extends Expr>(copy: T, original: Expr) => T;
  /** A local of the compiler's own; `name` is a wish, the emitter makes it unique. */
  readonly fresh: (name: string, type: Type, span: Span) => Local;
  /** The id planned for the suspension, start or join at this node; see ids.ts. */
  readonly idOf: (node: Node, role: PlaceRole) => StateId;
  readonly place: (node: Node, role: PlaceRole, id: StateId) => void;
  /** A node that reads a local. */
  readonly read: (local: Local, span: Span) => Variable;
}

export function createFacts(program: TypedProgram, effects: EffectTable): Facts {
  const originals = new Map<Expr, Expr>();
  const reads = new Map<Variable, Local>();
  const types = new Map<Local, Type>();
  const places = { at: new Map<Node, StateId>(), after: new Map<Node, StateId>() };
  let freshIds = -1;

  const origin = <T extends Expr>(node: T): T => (originals.get(node) as T | undefined) ?? node;
  const localOf = (node: Variable | VariablePattern) =>
    (node.kind === "variable" ? reads.get(node) : undefined) ?? program.resolved.locals.get(node) ?? null;
  const targetOf = (call: Call | FunctionRef) => program.resolved.calls.get(origin(call)) ?? null;
  const typeOfLocal = (local: Local) => types.get(local) ?? program.typeOfLocal(local);

  const effectsOf = (node: Node): Effects => {
    if (!originals.has(node as Expr)) return effects.of(node);
    const target = node.kind === "call" ? targetOf(node) : null;
    return joinAll([target ? effects.ofTarget(target) : calm, ...children(node).map(effectsOf)]);
  };

  return {
    program,
    effectsOf,
    effectsOfFunction: (definition) => effects.ofTarget({ kind: "function", function: definition }),
    localOf,
    typeOfLocal,
    typeOf(expr) {
      const local = expr.kind === "variable" ? reads.get(expr) : undefined;
      return local ? typeOfLocal(local) : program.typeOf(origin(expr));
    },
    targetOf,
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
      const id = places[role].get(originals.get(node as Expr) ?? node);
      if (id === undefined) throw new Error(`internal: no state id was planned for this ${node.kind}`);
      return id;
    },
    place(node, role, id) {
      places[role].set(node, id);
    },
    read(local, span) {
      const variable: Variable = { kind: "variable", span, name: local.name };
      reads.set(variable, local);
      return variable;
    },
  };
}
