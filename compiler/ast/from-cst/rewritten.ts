/** Calls of Kernel that stand for another call, as its macros do: `put_in(order.customer.name, "Ada")`, `apply(Enum, :sum, [list])`. */
import type { Call, Expr, ModuleRef } from "../nodes.ts";

export function rewritten(call: Call): Call {
  if (call.module !== null && call.module.name !== "Kernel") return call;
  return withPath(call) ?? applied(call) ?? call;
}

/** How many arguments these take when the first of them is a path of fields and keys. */
const takesPath: Readonly<Record<string, number>> = { put_in: 2, update_in: 2, get_and_update_in: 2, pop_in: 1 };

function withPath(call: Call): Call | null {
  const [path, ...others] = call.args;
  if (!path || takesPath[call.name.text] !== call.args.length || !isStep(path)) return null;
  // A field is part of what a map is, so Elixir takes none away.
  if (call.name.text === "pop_in" && path.kind === "field") return null;
  const { root, steps } = stepsOf(path);
  return {
    ...call,
    args: [root, { kind: "list", span: path.span, items: steps, tail: null, keyword: false }, ...others],
  };
}

type Step = Extract<Expr, { readonly kind: "field" | "access" }>;

function isStep(expr: Expr): expr is Step {
  return expr.kind === "field" || expr.kind === "access";
}

/** `a.b[:c]` is the steps `Access.key!(:b)` and `:c` from `a`. */
function stepsOf(path: Step): { readonly root: Expr; readonly steps: readonly Expr[] } {
  const step = path.kind === "field" ? fieldStep(path) : path.key;
  if (!isStep(path.object)) return { root: path.object, steps: [step] };
  const { root, steps } = stepsOf(path.object);
  return { root, steps: [...steps, step] };
}

function fieldStep({ key }: Extract<Step, { readonly kind: "field" }>): Call {
  const access: ModuleRef = { kind: "moduleRef", span: key.span, name: "Access", erlang: false };
  return {
    kind: "call",
    span: key.span,
    module: access,
    name: { text: "key!", span: key.span },
    args: [{ kind: "literal", span: key.span, type: "atom", value: key.text }],
    keywords: false,
    piped: false,
    parentheses: true,
  };
}

/** A function is called by its name only where module, name and number of arguments are written out. */
function applied(call: Call): Call | null {
  const [module, name, args, more] = call.args;
  if (call.name.text !== "apply" || more || module?.kind !== "moduleRef") return null;
  if (name?.kind !== "literal" || name.type !== "atom" || args?.kind !== "list" || args.tail) return null;
  const named = { text: String(name.value), span: name.span };
  return { ...call, module, name: named, args: args.items, keywords: false, piped: false, parentheses: true };
}
