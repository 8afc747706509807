/** Binds calls: what is called, and with which number of arguments. */
import { blockWords } from "@durablec/grammar";
import type { Call, FunctionRef, ModuleRef, Name } from "../../ast/nodes.ts";
import { missingUse, unknownFunction } from "../../diagnostics/catalog/name.ts";
import { badArity } from "../../diagnostics/catalog/type.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { checkCallOptions } from "../options/call.ts";
import type { CallTarget } from "../resolved.ts";
import { lookUp, type Scope } from "../scope.ts";
import { report, type Unit } from "../unit.ts";
import { bindSiblings } from "./expression.ts";
import { bindForeignCall } from "./foreign.ts";
import { type Candidate, findFunctions, functionNames } from "./functions.ts";
import { bindModule } from "./module.ts";
import { bindRemoteCall } from "./remote.ts";

/** What is called, how often an argument is given, and where to point when that is wrong. */
export interface Callee {
  readonly name: Name;
  readonly arity: number;
}

export function bindCall(node: Call, scope: Scope): void {
  bindSiblings(node.args, scope);
  const callee = { name: node.name, arity: node.args.length };
  const target = node.module ? remoteTarget(node.module, callee, scope.unit) : localTarget(callee, scope);
  if (!target) return;
  scope.unit.tables.calls.set(node, target);
  checkCallOptions(node, target, scope.unit);
}

export function bindFunctionRef(node: FunctionRef, scope: Scope): void {
  const target = node.module ? remoteTarget(node.module, node, scope.unit) : localTarget(node, scope);
  if (target) scope.unit.tables.calls.set(node, target);
}

function remoteTarget(ref: ModuleRef, callee: Callee, unit: Unit): CallTarget | null {
  const meaning = bindModule(ref, unit);
  if (!meaning) return null;
  return meaning.kind === "foreign"
    ? bindForeignCall(meaning.module, callee, unit)
    : bindRemoteCall(ref.name, meaning, callee, unit);
}

function localTarget(callee: Callee, scope: Scope): CallTarget | null {
  const { unit } = scope;
  const candidates = findFunctions(unit.environment, callee.name.text);
  const found = pick(candidates, callee, callee.name.text, unit);
  if (found) {
    if (found.missingUse) reportMissingUse(callee.name, found.missingUse, unit);
    return found.target;
  }
  if (candidates.length === 0) reportUnknownLocal(callee, scope);
  return null;
}

/** The candidate that takes this number of arguments; if there are only others, that is the mistake. */
export function pick(candidates: readonly Candidate[], callee: Callee, shown: string, unit: Unit): Candidate | null {
  const found = candidates.find((candidate) => candidate.arity === callee.arity);
  if (found) return found;
  if (candidates.length > 0) {
    const accepted = [...new Set(candidates.map((candidate) => candidate.arity))].sort((a, b) => a - b);
    report(unit, badArity, callee.name.span, { name: shown, given: callee.arity, accepted });
  }
  return null;
}

/** Once for each module that should be used: the first place is as good as any. */
export function reportMissingUse(name: Name, module: string, unit: Unit): void {
  const { missingUses } = unit.environment;
  if (missingUses.has(module)) return;
  missingUses.add(module);
  report(unit, missingUse, name.span, { name: name.text, module, place: placeForUse(unit) });
}

/** The line after the last `use` of the module, or after its head. */
function placeForUse({ environment }: Unit): { readonly offset: number; readonly indentation: string } {
  const { ast, file } = environment.module;
  const { text } = file.source;
  const last = ast.items.findLast((item) => item.kind === "use");
  const lineStart = text.lastIndexOf("\n", (last ?? ast).span.start) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
  const lineEnd = text.indexOf("\n", last ? last.span.end : ast.name.span.end);
  return { offset: lineEnd === -1 ? text.length : lineEnd + 1, indentation: last ? indentation : `${indentation}  ` };
}

function reportUnknownLocal(callee: Callee, scope: Scope): void {
  const { unit } = scope;
  const name = callee.name.text;
  const help = helpFor(name, scope);
  const suggestion = suggest(name, functionNames(unit.environment));
  report(unit, unknownFunction, callee.name.span, { name, help, suggestion });
}

function helpFor(name: string, scope: Scope): string | null {
  if (blockWords.has(name)) return `\`${name}\` is part of a workflow's outline and cannot be used inside a body.`;
  return lookUp(scope, name) ? `\`${name}\` is a variable that holds a function: call it with \`${name}.(…)\`.` : null;
}
