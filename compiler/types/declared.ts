/** What a module says of types outside of its bodies: its own types, and the inputs and events of its workflows. */
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { mismatch } from "../diagnostics/catalog/type.ts";
import type { ResolvedModule, ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import type { TypeTables } from "./check/frame.ts";
import { createTypeNames, type TypeNames } from "./check/names.ts";
import { openRecord } from "./construct.ts";
import { sameType } from "./same.ts";
import { show } from "./show.ts";
import type { RecordOf } from "./type.ts";

export interface Declared {
  readonly inputs: ReadonlyMap<ResolvedWorkflow, RecordOf>;
  /** Null where a workflow declares none. */
  readonly events: ReadonlyMap<ResolvedWorkflow, RecordOf | null>;
  readonly bag: DiagnosticBag;
}

/** An input that is as it was `before` stays the same object, and so do events. */
export function declaredTypes(
  module: ResolvedModule,
  resolved: ResolvedProgram,
  before: Declared | null,
  tables: TypeTables,
  bag: DiagnosticBag,
): Declared {
  const names = createTypeNames(resolved, bag);
  for (const definition of module.types.values()) names.read(definition.type, module);
  const inputs = module.workflows.map((workflow): [ResolvedWorkflow, RecordOf] => {
    const input = inputOf(workflow, names);
    if (input.fields.size > 0) tables.origins.set(input, { workflow, role: "Input" });
    const known = before?.inputs.get(workflow);
    return [workflow, known && sameType(known, input, tables) ? known : input];
  });
  const events = module.workflows.map((workflow): [ResolvedWorkflow, RecordOf | null] => {
    const found = eventsOf(workflow, names, bag);
    const known = before?.events.get(workflow);
    return [workflow, known && found && sameType(known, found, tables) ? known : found];
  });
  return { inputs: new Map(inputs), events: new Map(events), bag };
}

/** Without a declaration, the input is any map. */
function inputOf({ ast, module }: ResolvedWorkflow, names: TypeNames): RecordOf {
  const type = ast.input ? names.read(ast.input, module) : openRecord;
  return type.kind === "record" ? type : openRecord;
}

/** What each event brings. */
function eventsOf({ ast, module }: ResolvedWorkflow, names: TypeNames, bag: DiagnosticBag): RecordOf | null {
  if (!ast.events) return null;
  const declared = names.read(ast.events, module);
  if (declared.kind === "record") return declared;
  if (declared.kind !== "dynamic") {
    const location = { source: module.file.source, span: ast.events.span };
    const expected = "a map of events and what they bring, `%{paid: %{receipt: String.t()}}`";
    bag.report(mismatch, location, { what: "`events:`", expected, actual: show(declared) });
  }
  return null;
}
