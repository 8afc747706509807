/** What the body of a definition refers to: found once when its module has been bound, so that graphs need not look again. */
import type { Call, FunctionRef, Node, Parallel } from "../ast/nodes.ts";
import { visit } from "../ast/walk.ts";
import type { BoundPart, Part } from "../resolve/parts.ts";
import type { BoundModule } from "../resolve/resolve.ts";
import type {
  FunctionDefinition,
  PreludeEffect,
  PreludeFunction,
  ResolvedModule,
  ResolvedProgram,
  ResolvedWorkflow,
} from "../resolve/resolved.ts";
import { type Definition, isWorkflow } from "./definition.ts";

export interface Outline {
  readonly definition: Definition;
  /** Functions of the project that it calls or passes on, each once. */
  readonly functions: ReadonlySet<FunctionDefinition>;
  /** Workflows that it calls, and so waits for. */
  readonly called: ReadonlySet<ResolvedWorkflow>;
  /** Both of these. */
  readonly callees: readonly Definition[];
  /** Workflows that it calls or starts. */
  readonly children: ReadonlySet<ResolvedWorkflow>;
  /** Built-in functions that it calls or passes on, each once. */
  readonly builtIns: ReadonlySet<PreludeFunction>;
  /** What they do. */
  readonly effects: ReadonlySet<PreludeEffect>;
  readonly callsTypeScript: boolean;
  /** Where it may come to wait. */
  readonly links: readonly Link[];
}

/** A place in code that waits, or from which a way leads to one. */
export interface Link {
  readonly node: Call | FunctionRef | Parallel;
  /** Whose text the link stands in. */
  readonly module: ResolvedModule;
  /** What is called; null when this is the wait. */
  readonly to: Definition | null;
  /** Whether it calls a workflow, and none is known by that name. */
  readonly isBroken: boolean;
}

/** What some code refers to. */
type CodeOutline = Pick<Outline, "functions" | "called" | "children" | "builtIns" | "callsTypeScript" | "links">;

const known = new WeakMap<BoundPart, CodeOutline>();

export function outlineOf(definition: Definition, { boundPart }: BoundModule, program: ResolvedProgram): Outline {
  const ofCode = (code: Node) => codeOutline(code, definition.module, program);
  const ofPart = (part: Part): CodeOutline => {
    const bound = boundPart(part);
    const outline = known.get(bound) ?? ofCode(part);
    known.set(bound, outline);
    return outline;
  };
  const parts = isWorkflow(definition)
    ? [...definition.ast.options.map(({ value }) => ofCode(value)), ...definition.ast.items.map(ofPart)]
    : definition.clauses.map(ofPart);
  const functions = new Set(parts.flatMap((part) => [...part.functions]));
  const called = new Set(parts.flatMap((part) => [...part.called]));
  const builtIns = new Set(parts.flatMap((part) => [...part.builtIns]));
  return {
    definition,
    functions,
    called,
    callees: [...functions, ...called],
    children: new Set(parts.flatMap((part) => [...part.children])),
    builtIns,
    effects: new Set([...builtIns].map(({ effect }) => effect)),
    callsTypeScript: parts.some((part) => part.callsTypeScript),
    links: parts.flatMap((part) => part.links),
  };
}

function codeOutline(code: Node, module: ResolvedModule, program: ResolvedProgram): CodeOutline {
  const functions = new Set<FunctionDefinition>();
  const called = new Set<ResolvedWorkflow>();
  const children = new Set<ResolvedWorkflow>();
  const builtIns = new Set<PreludeFunction>();
  let callsTypeScript = false;
  visit(code, (node): undefined => {
    if (node.kind !== "call" && node.kind !== "functionRef") return;
    const target = program.calls.get(node);
    if (target?.kind === "function") functions.add(target.function);
    if (target?.kind === "prelude") builtIns.add(target.function);
    callsTypeScript ||= target?.kind === "foreign";
    const child = node.kind === "call" ? program.children.get(node) : undefined;
    if (child) children.add(child);
    if (child && target?.kind === "prelude" && target.function.effect === "suspends") called.add(child);
  });
  return { functions, called, children, builtIns, callsTypeScript, links: linksIn(code, module, program) };
}

/** What may not wait at all, compensations and inline parallel blocks, is judged where it stands. */
export function linksIn(code: Node, module: ResolvedModule, program: ResolvedProgram): Link[] {
  const links: Link[] = [];
  visit(code, (node) => {
    if (node.kind === "compensate") return false;
    if (node.kind === "parallel") {
      if (program.parallelOptions.get(node)?.run === "queued") links.push({ node, module, to: null, isBroken: false });
      return false;
    }
    if (node.kind === "call" || node.kind === "functionRef") links.push(...linkOf(node, module, program));
    return true;
  });
  return links;
}

function linkOf(node: Call | FunctionRef, module: ResolvedModule, program: ResolvedProgram): Link[] {
  const target = program.calls.get(node);
  if (target?.kind === "function") return [{ node, module, to: target.function, isBroken: false }];
  if (target?.kind !== "prelude" || target.function.effect !== "suspends") return [];
  const callsChild = node.kind === "call" && target.function.name === "call_workflow";
  const child = callsChild ? (program.children.get(node) ?? null) : null;
  return [{ node, module, to: child, isBroken: callsChild && child === null }];
}
