/** Functions: the program's own `def`s, and anonymous ones. Nothing in them suspends. */
import type { Fn } from "../../ast/nodes.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import { joinAll } from "../../flow/effects.ts";
import type { FunctionDefinition } from "../../resolve/resolved.ts";
import type { SourceText } from "../../source/source.ts";
import { planPlaces } from "../ids.ts";
import type { FunctionIr, Statement } from "../machine.ts";
import { nodesOf } from "../statements.ts";
import { lowerClauses, returned } from "./body.ts";
import { type BodyContext, createStateSink, unprotected } from "./context.ts";
import { defaultsOf, lowerDefaults } from "./defaults.ts";
import type { Facts } from "./facts.ts";
import { paramLocals } from "./params.ts";

export interface FunctionScope {
  readonly facts: Facts;
  readonly bag: DiagnosticBag;
  readonly source: SourceText;
}

export function lowerDefinition(definition: FunctionDefinition, scope: FunctionScope): FunctionIr {
  const clauses = definition.clauses
    .filter((clause) => clause.body !== null)
    .map(({ span, params, guard, body }) => ({
      span,
      params: params.map(({ pattern }) => pattern),
      guard,
      body: body!,
    }));
  const name = `${definition.module.name}.${definition.name}/${definition.arity}`;
  const body: Fn = { kind: "fn", span: clauses[0]!.span, clauses };
  planPlaces(name, body, scope.facts);
  const fn = lowerFn(body, name, scope);
  const { defaults, statements } = lowerDefaults(definition, fn.params, functionContext(scope));
  const values = defaultsOf(definition).filter((value) => value !== null);
  const effects = joinAll([fn.effects, ...values.map(scope.facts.effectsOf)]);
  return { ...fn, definition, effects, defaults, statements: [...statements, ...fn.statements] };
}

export function lowerFn(fn: Fn, name: string, scope: FunctionScope): FunctionIr {
  const params = paramLocals(fn.clauses, fn.span, scope.facts);
  const statements = lowerClauses(fn.clauses, params, returned, functionContext(scope), name);
  return { params, defaults: new Map(), statements, effects: effectsOf(statements, scope.facts), definition: null };
}

function functionContext(scope: FunctionScope): BodyContext {
  return {
    ...scope,
    step: null,
    data: null,
    states: createStateSink([]),
    position: [],
    recomputable: new Map(),
    protect: unprotected,
  };
}

function effectsOf(statements: readonly Statement[], facts: Facts) {
  return joinAll(nodesOf(statements).map((node) => facts.effectsOf(node)));
}
