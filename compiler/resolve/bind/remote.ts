import { unknownFunction } from "../../diagnostics/catalog/name.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Environment, ModuleMeaning } from "../environment.ts";
import type { CallTarget, ResolvedModule } from "../resolved.ts";
import { report, type Unit } from "../unit.ts";
import { type Callee, pick } from "./call.ts";
import { arityIn, type Candidate } from "./functions.ts";

type Readable = Extract<ModuleMeaning, { kind: "project" | "prelude" }>;

/** `Module.name(…)` for a module of the project or a built-in one; `shown` is how the author named it. */
export function bindRemoteCall(shown: string, meaning: Readable, callee: Callee, unit: Unit): CallTarget | null {
  const name = callee.name.text;
  const all =
    meaning.kind === "project" ? ofProject(meaning.module, unit.environment) : ofPrelude(meaning.name, name, unit);
  const candidates = all.filter(({ target }) => nameOf(target) === name && isVisible(target, unit));
  const found = pick(candidates, callee, `${shown}.${name}`, unit);
  if (found) return found.target;
  if (candidates.length === 0) reportUnknown(shown, meaning, callee, all, unit);
  return null;
}

function ofProject(module: ResolvedModule, environment: Environment): Candidate[] {
  const callable = environment.world.callable(module);
  return [...callable].map(([key, definition]) => ({
    arity: arityIn(key),
    target: { kind: "function", function: definition },
    missingUse: null,
  }));
}

function ofPrelude(module: string, name: string, unit: Unit): Candidate[] {
  return unit.environment.world.prelude
    .functions(module, name)
    .map((found) => ({ arity: found.arity, target: { kind: "prelude", function: found }, missingUse: null }));
}

function nameOf(target: CallTarget): string {
  return target.kind === "foreign" ? target.export.name : target.function.name;
}

function isVisible(target: CallTarget, unit: Unit): boolean {
  if (target.kind !== "function" || target.function.visibility === "public") return true;
  return target.function.module === unit.environment.module;
}

function reportUnknown(shown: string, meaning: Readable, callee: Callee, all: readonly Candidate[], unit: Unit): void {
  const name = callee.name.text;
  const isPrivate = all.some(({ target }) => nameOf(target) === name);
  const names =
    meaning.kind === "prelude"
      ? unit.environment.world.prelude.names(meaning.name)
      : all.map(({ target }) => nameOf(target));
  const near = suggest(name, names);
  report(unit, unknownFunction, callee.name.span, {
    name: `${shown}.${name}`,
    help: isPrivate ? `\`${name}\` is private to \`${shown}\`; make it public there with \`def\`.` : null,
    suggestion: near === null ? null : `${shown}.${near}`,
  });
}
