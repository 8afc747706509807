/** Which definitions of types the names in a module lead to, across modules. */
import type { Module, NamedType, TypeExpr } from "../ast/nodes.ts";
import { expandAlias } from "../resolve/environment.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolve/resolved.ts";

interface Names {
  /** The text of the module's own definitions, and of the aliases they may use. */
  readonly text: string;
  /** Modules named in the definitions. */
  readonly inDefinitions: readonly string[];
  /** Modules named in any type. */
  readonly anywhere: readonly string[];
}

/**
 * Everything in other modules that the types named in a module depend on, as texts: while they are the same, so is what
 * the names mean.
 */
export function createTypeReach(program: ResolvedProgram): (module: ResolvedModule) => readonly string[] {
  const known = new WeakMap<Module, Names>();
  const namesOf = (module: ResolvedModule): Names => {
    const names = known.get(module.ast) ?? namesIn(module);
    known.set(module.ast, names);
    return names;
  };
  return (module) => {
    const reached = new Set(namesOf(module).anywhere);
    const texts: string[] = [];
    // Grows while it is gone through.
    for (const name of reached) {
      const owner = program.modules.get(name);
      texts.push(name, owner ? namesOf(owner).text : "");
      for (const next of owner ? namesOf(owner).inDefinitions : []) reached.add(next);
    }
    return texts;
  };
}

/** By module, the aliases of its text. */
export function aliasesOf({ items }: Module): ReadonlyMap<string, string> {
  return new Map(items.flatMap((item) => (item.kind === "alias" ? [[item.as.text, item.module.text] as const] : [])));
}

function namesIn({ ast, file }: ResolvedModule): Names {
  const aliases = aliasesOf(ast);
  const modulesIn = (types: readonly TypeExpr[]) =>
    types.flatMap(namedTypes).flatMap(({ module }) => (module === null ? [] : [expandAlias(aliases, module)]));
  const definitions = ast.items.filter((item) => item.kind === "typeDefinition");
  const others = ast.items.flatMap((item): (TypeExpr | null)[] => {
    if (item.kind === "spec") return [...item.params, item.result];
    return item.kind === "workflow" ? [item.input, item.events] : [];
  });
  const inDefinitions = modulesIn(definitions.map(({ type }) => type));
  return {
    text: [...aliases].join() + definitions.map(({ span }) => file.source.text.slice(span.start, span.end)).join("\n"),
    inDefinitions,
    anywhere: [...inDefinitions, ...modulesIn(others.filter((type) => type !== null))],
  };
}

function namedTypes(type: TypeExpr): NamedType[] {
  switch (type.kind) {
    case "namedType":
      return [type, ...type.args.flatMap(namedTypes)];
    case "listType":
      return namedTypes(type.element);
    case "tupleType":
      return type.items.flatMap(namedTypes);
    case "mapType":
      return [
        ...type.fields.map((field) => field.type),
        ...(type.rest ? [type.rest.key, type.rest.value] : []),
      ].flatMap(namedTypes);
    case "unionType":
      return type.members.flatMap(namedTypes);
    case "fnType":
      return [...type.params, type.result].flatMap(namedTypes);
    default:
      return [];
  }
}
