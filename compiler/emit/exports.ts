/**
 * What each generated file exports, decided for the whole program before any file is emitted. A workflow is known by the
 * last segment of its module, further workflows of the module add their own name; functions keep theirs. Where two
 * would be called the same in one file, the whole module name comes in front.
 */

import type { FunctionDefinition, ResolvedModule, ResolvedWorkflow, TypedProgram } from "../resolve/resolved.ts";
import type { SourceText } from "../source/source.ts";
import type { RecordOf } from "../types/type.ts";
import { isReserved } from "./names.ts";
import { runtimeNames, runtimeTypeNames } from "./runtime-names.ts";

export interface ExportedType {
  readonly module: ResolvedModule;
  readonly name: string;
}

export interface Exports {
  /** The input or output of a workflow that this record comes from, as the checker made it. */
  readonly typeOf: (record: RecordOf) => ExportedType | null;
  readonly nameOf: (exported: ResolvedWorkflow | FunctionDefinition) => string;
  /** All names that a file exports. */
  readonly of: (source: SourceText) => ReadonlySet<string>;
}

type Exported = ResolvedWorkflow | FunctionDefinition;

export function planExports(program: TypedProgram): Exports {
  const names = new Map<Exported, string>();
  const byFile = new Map<SourceText, Set<string>>();
  for (const module of program.resolved.modules.values()) {
    const taken = byFile.get(module.file.source) ?? new Set<string>();
    byFile.set(module.file.source, taken);
    for (const exported of [...module.workflows, ...module.functions.values()]) {
      const name = pick(candidates(exported, module), taken);
      for (const claimed of "ast" in exported ? [name, ...typeNames(name)] : [name]) taken.add(claimed);
      names.set(exported, name);
    }
  }
  return {
    typeOf(record) {
      const origin = program.originOf(record);
      return origin && { module: origin.workflow.module, name: `${names.get(origin.workflow)!}${origin.role}` };
    },
    nameOf: (exported) => names.get(exported)!,
    of: (source) => byFile.get(source) ?? new Set(),
  };
}

/** The types that are exported beside a machine. */
function typeNames(machine: string): string[] {
  return ["Input", "Output", "Data", "Events"].map((suffix) => `${machine}${suffix}`);
}

function candidates(exported: Exported, module: ResolvedModule): string[] {
  const own = "ast" in exported ? workflowSuffix(exported, module) : functionName(exported, module);
  const segments = module.name.split(".");
  const long = segments.join("");
  if ("ast" in exported) return [`${segments.at(-1)}${own}`, `${long}${own}`];
  return [own, `${long}_${own}`];
}

/** The first workflow is the module's; the others are told apart by their own names. */
function workflowSuffix(workflow: ResolvedWorkflow, module: ResolvedModule): string {
  if (module.workflows[0] === workflow) return "";
  const words = workflow.name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

/** Two arities of one name are two functions. */
function functionName({ name, arity }: FunctionDefinition, module: ResolvedModule): string {
  const plain = name.replace(/\?$/, "").replace(/!$/, "_or_raise");
  const arities = [...module.functions.values()].filter((other) => other.name === name);
  return arities.length > 1 ? `${plain}_${arity}` : plain;
}

const foreignToUs: ReadonlySet<string> = new Set([...runtimeNames, ...runtimeTypeNames, "io"]);

function pick(wanted: readonly string[], taken: ReadonlySet<string>): string {
  const isFree = (name: string) => !taken.has(name) && !isReserved(name) && !foreignToUs.has(name);
  const found = wanted.find(isFree);
  if (found !== undefined) return found;
  for (let n = 2; ; n++) {
    const numbered = `${wanted.at(-1)}${n}`;
    if (isFree(numbered)) return numbered;
  }
}
