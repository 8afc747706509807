/**
 * What a module name means at a place: the module's own aliases and imports, then the project, the built-in modules and
 * the TypeScript modules of the configuration.
 */
import type { Alias, ForeignImport, ModuleRef, Use } from "../ast/nodes.ts";
import type { ForeignRequest } from "../input.ts";
import type { Prelude } from "./prelude.ts";
import type { ForeignModule, FunctionDefinition, ResolvedModule } from "./resolved.ts";
import { usable } from "./words.ts";

/** What all modules of a program share. */
export interface World {
  readonly prelude: Prelude;
  readonly modules: Pick<ReadonlyMap<string, ResolvedModule>, "get" | "keys">;
  /** Every arity a function can be called with, defaults left out included, by `name/arity`. */
  readonly callable: (module: ResolvedModule) => ReadonlyMap<string, FunctionDefinition>;
  /** `modules` of the configuration. */
  readonly configured: ReadonlyMap<string, string>;
  readonly foreign: (request: ForeignRequest) => ForeignModule | null;
}

export interface Environment {
  readonly world: World;
  readonly module: ResolvedModule;
  readonly uses: ReadonlySet<string>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly imports: ReadonlyMap<string, ForeignImport>;
  /** Modules whose missing `use` has been reported. */
  readonly missingUses: Set<string>;
}

export type ModuleMeaning =
  | { readonly kind: "project"; readonly module: ResolvedModule }
  | { readonly kind: "prelude"; readonly name: string }
  | { readonly kind: "foreign"; readonly module: ForeignModule }
  /** It is declared as TypeScript, but cannot be read; reported where it is declared. */
  | { readonly kind: "unreadable" }
  | { readonly kind: "unknown"; readonly name: string };

export function createEnvironment(world: World, module: ResolvedModule): Environment {
  const { items } = module.ast;
  const uses = items.filter((item): item is Use => item.kind === "use").map((use) => use.module.text);
  const aliases = items.filter((item): item is Alias => item.kind === "alias");
  const imports = items.filter((item): item is ForeignImport => item.kind === "foreignImport");
  return {
    world,
    module,
    uses: new Set(module.ast.implicit ? usable : uses),
    aliases: new Map(aliases.map((alias) => [alias.as.text, alias.module.text])),
    imports: new Map(imports.map((item) => [item.name.text, item])),
    missingUses: new Set(),
  };
}

export function meaningOf(environment: Environment, ref: ModuleRef): ModuleMeaning {
  if (ref.erlang) return builtIn(environment, ref.name);
  const declared = environment.imports.get(ref.name);
  if (declared) return readForeign(environment, ref.name, declared.from.text, true);
  const name = expandAlias(environment.aliases, ref.name);
  const module = environment.world.modules.get(name);
  if (module) return { kind: "project", module };
  const configured = environment.world.configured.get(name);
  if (configured !== undefined) return readForeign(environment, name, configured, false);
  return builtIn(environment, name);
}

function builtIn(environment: Environment, name: string): ModuleMeaning {
  return environment.world.prelude.has(name) ? { kind: "prelude", name } : { kind: "unknown", name };
}

function readForeign(environment: Environment, name: string, specifier: string, inFile: boolean): ModuleMeaning {
  const from = inFile ? environment.module.file.source : null;
  const module = environment.world.foreign({ name, specifier, from });
  return module ? { kind: "foreign", module } : { kind: "unreadable" };
}

/** `Payment.Card` with `alias MyApp.Payment` is `MyApp.Payment.Card`. */
export function expandAlias(aliases: ReadonlyMap<string, string>, name: string): string {
  const [first = name, ...rest] = name.split(".");
  const expanded = aliases.get(first);
  return expanded === undefined ? name : [expanded, ...rest].join(".");
}

/** All names that could stand before a dot here, for suggestions. */
export function moduleNames(environment: Environment): string[] {
  const { world } = environment;
  return [
    ...environment.aliases.keys(),
    ...environment.imports.keys(),
    ...world.modules.keys(),
    ...world.configured.keys(),
    ...world.prelude.modules,
  ];
}
