/** Names in types: `Tea.Order.line()` is the module and its type. */
import type { NamedType, TypeExpr } from "../../ast/nodes.ts";
import { expandAlias } from "../../resolve/environment.ts";
import { type Collector, refer } from "./collector.ts";
import { referToModule } from "./modules.ts";

export function collectType(type: TypeExpr, collector: Collector): void {
  if (type.kind === "namedType") collectNamed(type, collector);
  for (const part of partsOf(type)) collectType(part, collector);
}

function partsOf(type: TypeExpr): readonly TypeExpr[] {
  switch (type.kind) {
    case "namedType":
      return type.args;
    case "listType":
      return [type.element];
    case "tupleType":
      return type.items;
    case "unionType":
      return type.members;
    case "fnType":
      return [...type.params, type.result];
    case "mapType":
      return [...type.fields.map((field) => field.type), ...(type.rest ? [type.rest.key, type.rest.value] : [])];
    default:
      return [];
  }
}

function collectNamed({ module, name, span }: NamedType, collector: Collector): void {
  const { environment, snapshot } = collector;
  const nameStart = module === null ? span.start : span.start + module.length + 1;
  if (module !== null) referToModule(collector, { start: span.start, end: span.start + module.length }, module);
  const owner =
    module === null
      ? collector.module
      : snapshot.program.resolved.modules.get(expandAlias(environment.aliases, module));
  const definition = owner?.types.get(name);
  if (owner && definition) {
    refer(
      collector,
      { start: nameStart, end: nameStart + name.length },
      { kind: "type", type: definition, module: owner },
    );
  }
}
