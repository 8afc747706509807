/**
 * The parts of a module whose names are bound one by one: constants, clauses of functions, items of workflows. While what
 * else stands in the module means the same, a part that is as it was stays bound.
 */
import type { Constant, FunctionClause, Module, ModuleItem, Node, WorkflowItem } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { Location, SourceText } from "../source/source.ts";
import type { ResolvedModule } from "./resolved.ts";
import type { Unit } from "./unit.ts";

export type Part = Constant | FunctionClause | WorkflowItem;

/** Each time that a part is bound it is another object. */
export interface BoundPart {
  readonly part: Part;
}

interface Finding {
  readonly bound: BoundPart;
  readonly place: Location;
  readonly bag: DiagnosticBag;
}

export type Parts = ReadonlyMap<Part, Finding>;

/** What names in a part may mean besides what other modules define: this is not part of any part. */
export function frameOf({ items }: Module): ModuleItem[] {
  return items.filter(({ kind }) => kind !== "functionClause" && kind !== "workflow");
}

/** What has to be bound in any case, and again whenever anything in its module is. */
export function unkeptIn({ items }: Module): Node[] {
  return items.flatMap((item): readonly Node[] => {
    if (item.kind === "workflow") return item.options.map(({ value }) => value);
    return item.kind === "schedule" ? [item] : [];
  });
}

/** Those that belong to the module still, with what was found in them at the places where they stand now. */
export function keptParts(before: Parts, module: ResolvedModule): Parts {
  const kept = new Map<Part, Finding>();
  for (const part of partsOf(module)) {
    const known = before.get(part);
    const place = placeIn(module.file.source, part);
    const bag = known?.bag.moved(known.place, place);
    if (known && bag) kept.set(part, { bound: known.bound, place, bag });
  }
  return kept;
}

function partsOf({ constants, functions, workflows }: ResolvedModule): Part[] {
  return [
    ...constants.values(),
    ...[...functions.values()].flatMap(({ clauses }) => clauses),
    ...workflows.flatMap(({ ast }) => ast.items),
  ];
}

function placeIn(source: SourceText, { span }: Part): Location {
  return { source, span: { ...span } };
}

export interface PartBinder {
  readonly bindPart: (part: Part, bind: (unit: Unit) => void) => void;
  readonly parts: Parts;
}

/** Binds what is not among the parts that are `kept`, and reports what was found in each. */
export function createPartBinder(kept: Parts, unit: Unit, createBag: () => DiagnosticBag): PartBinder {
  const parts = new Map<Part, Finding>();
  const bindAnew = (part: Part, bind: (unit: Unit) => void): Finding => {
    const bag = createBag();
    bind({ ...unit, bag });
    return { bound: { part }, place: placeIn(unit.environment.module.file.source, part), bag };
  };
  const bindPart = (part: Part, bind: (unit: Unit) => void): void => {
    const finding = kept.get(part) ?? bindAnew(part, bind);
    parts.set(part, finding);
    unit.bag.add(finding.bag);
  };
  return { bindPart, parts };
}
