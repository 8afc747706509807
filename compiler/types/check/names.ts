/** The author's own types: `@type` of this module or another, unfolded where they are used. */
import type { NamedType, TypeDefinition, TypeExpr } from "../../ast/nodes.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import { unknownType } from "../../diagnostics/catalog/type.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { expandAlias } from "../../resolve/environment.ts";
import type { ResolvedModule, ResolvedProgram } from "../../resolve/resolved.ts";
import { dynamic } from "../construct.ts";
import { builtInTypeNames, type TypeScope, typeFromAst } from "../from-ast.ts";
import { aliasesOf } from "../named.ts";
import type { Type } from "../type.ts";

export interface TypeNames {
  /** The type an expression of a module means; type variables are `dynamic`. */
  readonly read: (type: TypeExpr, module: ResolvedModule) => Type;
}

export function createTypeNames(program: ResolvedProgram, bag: DiagnosticBag): TypeNames {
  const context: Context = { program, bag, open: new Set(), reported: new Set() };
  return { read: (type, module) => typeFromAst(type, scopeOf(module, new Map(), context)) };
}

interface Context {
  readonly program: ResolvedProgram;
  readonly bag: DiagnosticBag;
  /** Definitions being unfolded: a type that mentions itself goes on as `dynamic`. */
  readonly open: Set<TypeDefinition>;
  readonly reported: Set<NamedType>;
}

function scopeOf(module: ResolvedModule, variables: ReadonlyMap<string, Type>, context: Context): TypeScope {
  return {
    variable: (name) => variables.get(name) ?? dynamic,
    named: (type, args) => {
      const owner = type.module === null ? module : ownerOf(type.module, module, context.program);
      const definition = owner?.types.get(type.name);
      if (owner && definition && definition.params.length === args.length)
        return unfold(owner, definition, args, context);
      reportUnknown(type, module, owner, context);
      return null;
    },
  };
}

function ownerOf(name: string, module: ResolvedModule, program: ResolvedProgram): ResolvedModule | null {
  return program.modules.get(expandAlias(aliasesOf(module.ast), name)) ?? null;
}

function unfold(owner: ResolvedModule, definition: TypeDefinition, args: readonly Type[], context: Context): Type {
  if (context.open.has(definition)) return dynamic;
  context.open.add(definition);
  const variables = new Map(definition.params.map((param, index) => [param.text, args[index] ?? dynamic]));
  const type = typeFromAst(definition.type, scopeOf(owner, variables, context));
  context.open.delete(definition);
  return type;
}

/** What is wrong within a definition is reported where the definition itself is read, not wherever it is used. */
function reportUnknown(type: NamedType, module: ResolvedModule, owner: ResolvedModule | null, context: Context): void {
  if (context.open.size > 0 || context.reported.has(type)) return;
  context.reported.add(type);
  const name = type.module === null ? `${type.name}()` : `${type.module}.${type.name}()`;
  const known = [...(owner?.types.keys() ?? []), ...(type.module === null ? builtInTypeNames : [])];
  const near = suggest(type.name, known);
  const suggestion = near === null ? null : `${type.module && owner ? `${type.module}.` : ""}${near}()`;
  context.bag.report(unknownType, { source: module.file.source, span: type.span }, { name, suggestion });
}
