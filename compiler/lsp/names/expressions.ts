/** Names in expressions and patterns: variables, constants, modules, functions, options. */
import type { Call, FunctionRef, Node, Option } from "../../ast/nodes.ts";
import { visit } from "../../ast/walk.ts";
import { keywordOptions } from "../../resolve/options/read.ts";
import type { CallTarget } from "../../resolve/resolved.ts";
import { type Collector, define, refer } from "./collector.ts";
import { moduleSymbol } from "./modules.ts";
import type { NameSymbol, OptionOwner } from "./symbol.ts";

export function collectNames(root: Node, collector: Collector): void {
  visit(root, (node) => collectNode(node, collector));
}

function collectNode(node: Node, collector: Collector): boolean {
  const { snapshot, module, source } = collector;
  const { resolved } = snapshot.program;
  switch (node.kind) {
    case "variable": {
      const local = resolved.locals.get(node);
      if (local) refer(collector, node.span, { kind: "local", local, source }, node);
      return true;
    }
    case "variablePattern": {
      const local = resolved.locals.get(node);
      if (!local) return true;
      const place = local.span.start === node.span.start ? define : refer;
      place(collector, node.span, { kind: "local", local, source });
      return true;
    }
    case "constantRef": {
      const constant = module.constants.get(node.name);
      if (constant) refer(collector, node.span, { kind: "constant", constant, module }, node);
      return true;
    }
    case "moduleRef": {
      const symbol = moduleSymbol(collector, node);
      if (symbol) refer(collector, node.span, symbol, node);
      return true;
    }
    case "field":
      refer(collector, node.key.span, { kind: "field", field: node }, node);
      return true;
    case "call":
      collectCall(node, collector);
      return true;
    case "functionRef":
      collectTarget(node, collector);
      return true;
    default:
      return true;
  }
}

function collectTarget(node: Call | FunctionRef, collector: Collector): CallTarget | undefined {
  const target = collector.snapshot.program.resolved.calls.get(node);
  if (target) refer(collector, node.name.span, symbolOf(target), node);
  return target;
}

export function symbolOf(target: CallTarget): NameSymbol {
  switch (target.kind) {
    case "prelude":
      return { kind: "builtIn", function: target.function };
    case "function":
      return { kind: "function", function: target.function };
    case "foreign":
      return { kind: "foreign", module: target.module, export: target.export };
  }
}

const orchestration = "Durable.Orchestration";
const waits = "Durable.Wait";

function collectCall(node: Call, collector: Collector): void {
  const target = collectTarget(node, collector);
  if (target?.kind !== "prelude") return;
  const { module } = target.function;
  if (module !== orchestration && module !== waits) return;
  const last = node.args.at(-1);
  const options = last && node.args.length > 1 ? (keywordOptions(last) ?? []) : [];
  collectOptions(options, { kind: "call", call: node }, collector);
  const child = collector.snapshot.program.resolved.children.get(node);
  const named = options.find(({ name }) => name.text === "workflow");
  if (child && named?.value.kind === "literal")
    refer(collector, named.value.span, { kind: "workflow", workflow: child });
}

/** The names of options; their values are expressions like any other. */
export function collectOptions(options: readonly Option[], owner: OptionOwner, collector: Collector): void {
  const { module } = collector;
  for (const { name, value } of options) {
    refer(collector, name.span, { kind: "option", option: { name: name.text, value, owner }, module });
    const inner = name.text === "retry" ? keywordOptions(value) : null;
    if (inner) collectOptions(inner, { kind: "retry" }, collector);
  }
}
