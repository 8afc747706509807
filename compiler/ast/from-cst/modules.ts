/** Files and modules: what stands in them, and whose documentation is whose. */
import type { CstNode } from "@durablec/grammar";
import { notAllowedHere } from "../../diagnostics/catalog/flow.ts";
import { unexpectedArrow } from "../../diagnostics/catalog/syntax-patterns.ts";
import type { Alias, FunctionClause, Module, ModuleItem, Name, Spec } from "../nodes.ts";
import { attributeOf, type Doc } from "./attributes.ts";
import { type Context, excerpt, report } from "./context.ts";
import { nameOf, node, nodes, spanOf, theNode, theToken, token } from "./cst.ts";
import { definitionOf } from "./definitions.ts";
import { type Directive, directivesOf } from "./directives.ts";
import { buildExpr } from "./expressions.ts";
import { partOf, workflowOf } from "./workflows.ts";

/** What a file's or module's body holds. */
export interface Body {
  readonly items: readonly ModuleItem[];
  readonly doc: string | null;
  /** Modules written inside, under their full names. */
  readonly modules: readonly Module[];
}

export function bodyOf(context: Context, parent: CstNode, outer: string | null): Body {
  const items: (ModuleItem | Doc)[] = [];
  const modules: Module[] = [];
  for (const item of nodes(parent, "moduleItem")) {
    const module = node(item, "module");
    if (module) {
      const [first, ...inner] = moduleOf(context, module, outer);
      modules.push(first, ...inner);
      if (outer) items.push(innerAlias(first));
    } else items.push(...itemsOf(context, item));
  }
  const moduledoc = items.find((item): item is Doc => item.kind === "moduledoc");
  return { items: withDocs(items), doc: moduledoc?.text ?? null, modules };
}

/** The module, then those inside it. */
function moduleOf(context: Context, module: CstNode, outer: string | null): readonly [Module, ...Module[]] {
  const written = nameOf(token(module, "ModuleName") ?? theToken(module, "Atom"));
  const name: Name = outer ? { text: `${outer}.${written.text}`, span: written.span } : written;
  const { items, doc, modules } = bodyOf({ ...context, module: name.text }, module, name.text);
  return [{ kind: "module", span: spanOf(module), name, implicit: false, doc, items }, ...modules];
}

/** Inside `A`, a module written there as `B` is `A.B`, and goes by `B`. */
function innerAlias({ name, span }: Module): Alias {
  const as = { text: name.text.slice(name.text.lastIndexOf(".") + 1), span: name.span };
  return { kind: "alias", span, module: name, as };
}

function itemsOf(context: Context, item: CstNode): readonly (ModuleItem | Doc)[] {
  const directive = node(item, "directive");
  if (directive) return directivesOf(context, directive);
  const attribute = node(item, "attribute");
  if (attribute) return present(attributeOf(context, attribute));
  const definition = node(item, "definition");
  if (definition) return present(definitionOf(context, definition));
  const workflow = node(item, "workflow");
  if (workflow) return [workflowOf(context, workflow)];
  refuse(context, item);
  return [];
}

function present<Item>(item: Item | null): readonly Item[] {
  return item ? [item] : [];
}

function refuse(context: Context, item: CstNode): void {
  const part = node(item, "part");
  const where = "outside a workflow";
  if (part) {
    const built = partOf(context, part);
    const help = 'Put it into a workflow: `workflow "name" do … end`.';
    report(context, notAllowedHere, built.span, { what: `\`${word(context, built.span)}\``, where, help });
    return;
  }
  const statement = theNode(item, "statement");
  const arrow = token(statement, "Arrow");
  if (arrow) {
    report(context, unexpectedArrow, spanOf(arrow), undefined);
    return;
  }
  const [expression] = nodes(statement, "expression");
  const built = expression && buildExpr(context, expression);
  if (!built || built.kind === "invalid") return;
  const help = "Put it inside a step or a function.";
  report(context, notAllowedHere, built.span, { what: `\`${excerpt(context, built.span)}\``, where, help });
}

function word({ source }: Context, span: { readonly start: number }): string {
  return /^\w+/.exec(source.text.slice(span.start))?.[0] ?? "";
}

export function isDirective(item: ModuleItem): item is Directive {
  return item.kind === "use" || item.kind === "alias" || item.kind === "require" || item.kind === "foreignImport";
}

function isDoc(item: ModuleItem | Doc): item is Doc {
  return item.kind === "doc" || item.kind === "moduledoc" || item.kind === "typedoc";
}

/** A `@doc` belongs to the next function or workflow, or to a signature that no function follows. */
function withDocs(items: readonly (ModuleItem | Doc)[]): readonly ModuleItem[] {
  const documented: ModuleItem[] = [];
  let doc: string | null = null;
  for (const item of items) {
    if (isDoc(item)) doc = item.kind === "doc" ? item.text : doc;
    else {
      documented.push(
        takesDoc(item) ? { ...item, doc: item.kind === "functionClause" ? claim(documented, item, doc) : doc } : item,
      );
      if (takesDoc(item)) doc = null;
    }
  }
  return documented;
}

function takesDoc(item: ModuleItem): item is Extract<ModuleItem, { readonly doc: string | null }> {
  return item.kind === "spec" || item.kind === "functionClause" || item.kind === "workflow";
}

/** A function takes the doc that its signature has been holding. */
function claim(before: ModuleItem[], { name }: FunctionClause, doc: string | null): string | null {
  const index = before.length - 1;
  const spec = before[index];
  if (doc !== null || spec?.kind !== "spec" || spec.name.text !== name.text) return doc;
  before[index] = { ...spec, doc: null } satisfies Spec;
  return spec.doc;
}
