/**
 * The keys of a workflow's data in the body of one of its items: where they are written and where read, as far as the text
 * shows that a map is the data. What becomes of a map that is passed to a function, or kept in another, is not followed.
 */
import type { Call, Expr, Fn, MapExpr, Pattern } from "../../ast/nodes.ts";
import { visit } from "../../ast/walk.ts";
import type { Local, ResolvedWorkflow } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import { type Collector, define, refer } from "./collector.ts";

/** The functions that give the data with a key changed, and those that only look; the key is their second argument. */
const onMaps: { readonly [name: string]: "writes" | "reads" } = {
  ...named("Durable.Helpers", "writes", ["assign", "update", "append", "increment"]),
  ...named("Durable.Helpers", "reads", ["delete", "get", "has_key?"]),
  ...named("Map", "writes", ["put", "put_new", "update", "update!"]),
  ...named("Map", "reads", ["delete", "get", "fetch", "fetch!", "has_key?", "pop"]),
};

/** Likewise without a map, for they are about the data of the execution; the key is their first argument. */
const onContext: { readonly [name: string]: "writes" | "reads" } = {
  ...named("Durable.Context", "writes", ["put_context", "update_context", "append_context", "increment_context"]),
  ...named("Durable.Context", "reads", ["get_context", "has_context?", "delete_context"]),
};

function named<Use>(module: string, use: Use, names: readonly string[]): { readonly [name: string]: Use } {
  return Object.fromEntries(names.map((name) => [`${module}.${name}`, use]));
}

/** What an item's function returns goes into the data, but for a parallel block's step: there it is a result. */
export function collectDataKeys(
  body: Fn,
  workflow: ResolvedWorkflow,
  returnsData: boolean,
  collector: Collector,
): void {
  const { resolved } = collector.snapshot.program;
  const holders = new Set<Local>();
  const use = (span: Span, key: string, isWrite: boolean, expr?: Expr) => {
    const place = isWrite ? define : refer;
    place(collector, span, { kind: "dataKey", key, workflow }, expr);
  };
  const useLiteral = (key: Expr | undefined, isWrite: boolean) => {
    if (key?.kind === "literal" && typeof key.value === "string") use(key.span, key.value, isWrite);
  };
  const hold = (pattern: Pattern): void => {
    if (pattern.kind === "variablePattern") {
      const local = resolved.locals.get(pattern);
      if (local) holders.add(local);
    }
    if (pattern.kind === "mapPattern") for (const { key } of pattern.entries) useLiteral(key, false);
    if (pattern.kind === "bothPattern") for (const part of [pattern.left, pattern.right]) hold(part);
  };
  const targetOf = (call: Call) => {
    const target = resolved.calls.get(call);
    return target?.kind === "prelude" ? `${target.function.module}.${target.function.name}` : "";
  };
  const isData = (expr: Expr | undefined): boolean => {
    if (expr?.kind === "variable") return holders.has(resolved.locals.get(expr)!);
    if (expr?.kind === "map") return isData(expr.base ?? undefined);
    return expr?.kind === "call" && onMaps[targetOf(expr)] === "writes" && isData(expr.args[0]);
  };
  const useCall = (call: Call) => {
    const name = targetOf(call);
    const [first, second] = call.args;
    if (onContext[name]) useLiteral(first, onContext[name] === "writes");
    if (onMaps[name] && isData(first)) useLiteral(second, onMaps[name] === "writes");
  };
  const write = ({ entries }: MapExpr) => {
    for (const { key } of entries) useLiteral(key, true);
  };

  for (const { params } of body.clauses) if (params[0]) hold(params[0]);
  visit(body, (node) => {
    if (node.kind === "match" && isData(node.value)) hold(node.pattern);
    if (node.kind === "field" && isData(node.object)) use(node.key.span, node.key.text, false, node);
    if (node.kind === "access" && isData(node.object)) useLiteral(node.key, false);
    if (node.kind === "call") useCall(node);
    if (node.kind === "map" && isData(node)) write(node);
    return true;
  });
  if (!returnsData) return;
  for (const map of body.clauses.flatMap((clause) => [...returnedMaps(clause.body)])) if (!isData(map)) write(map);
}

/** The maps of `{:ok, map}` and `{:goto, :step, map}`, wherever a body may end with one. */
function* returnedMaps(end: Expr | null | undefined): Generator<MapExpr> {
  switch (end?.kind) {
    case "block":
      yield* returnedMaps(end.expressions.at(-1));
      break;
    case "if":
      for (const arm of [end.then, end.else]) yield* returnedMaps(arm);
      break;
    case "case":
    case "cond":
      for (const { body } of end.clauses) yield* returnedMaps(body);
      break;
    case "with":
      for (const { body } of [end, ...end.else]) yield* returnedMaps(body);
      break;
    case "try":
      for (const { body } of [end, ...end.rescue, ...end.else]) yield* returnedMaps(body);
      break;
    case "tuple": {
      const [tag, map] = [end.items[0], end.items.at(-1)];
      const isReturn = tag?.kind === "literal" && (tag.value === "ok" || tag.value === "goto");
      if (isReturn && map?.kind === "map") yield map;
    }
  }
}
