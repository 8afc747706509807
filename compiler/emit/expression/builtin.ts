/** Built-in functions that have a plainer form than a call of the runtime's namespace. */
import type { Call, Expr } from "../../ast/nodes.ts";
import { optionOf, refOf, workflowNamed } from "../../ir/lower/child.ts";
import { isList, isRecord } from "../../types/shape.ts";
import { constantOf } from "../constant.ts";
import { numberLiteral, property, stringLiteral } from "../literal.ts";
import type { Scope } from "../scope.ts";
import { inputText, known, seen } from "../seen.ts";
import { keyText, updatesKnownKeys } from "./collection.ts";
import { express } from "./express.ts";

type Builtin = (call: Call, scope: Scope) => string | null;

/** By module, name and arity. Null means that the general form serves. */
const builtins: Readonly<Record<string, Builtin | undefined>> = {
  "core.elements/1": core("elements"),
  "core.item/2": item,
  "core.isOver/2": (call, scope) => `(${express(call.args[0]!, scope)} >= ${express(call.args[1]!, scope)}.length)`,
  "core.isMissing/1": (call, scope) => `(${express(call.args[0]!, scope)} === undefined)`,
  "core.next/1": (call, scope) => `(${express(call.args[0]!, scope)} + 1)`,
  "core.append/2": (call, scope) => `[...${express(call.args[0]!, scope)}, ${express(call.args[1]!, scope)}]`,
  "core.concat/2": (call, scope) =>
    `${scope.file.runtime("concat")}(${call.args.map((arg) => express(arg, scope)).join(", ")})`,
  "core.into/2": (call, scope) => enumCall("into", call, scope),
  "core.uniq/1": (call, scope) => enumCall("uniq", call, scope),
  "Durable.Helpers.assign/3": assign,
  "Durable.Helpers.assign/2": assignAll,
  "Durable.Context.input/0": (call, scope) => `io.input${inputText(call, scope)}()`,
  "Durable.Context.put_context/1": (call, scope) => `io.putContextAll(${express(call.args[0]!, scope)})`,
  "Durable.Orchestration.start_workflow/2": startWorkflow,
  "Durable.Orchestration.start_workflow/3": startWorkflow,
  "Durable.seconds/1": duration,
  "Durable.minutes/1": duration,
  "Durable.hours/1": duration,
  "Durable.days/1": duration,
  "Kernel.inspect/1": core("inspect"),
  "Kernel.to_string/1": core("text"),
  "Kernel.length/1": (call, scope) =>
    isList(known(call.args[0]!, scope)) ? `${express(call.args[0]!, scope)}.length` : null,
  "Kernel.is_nil/1": (call, scope) => `(${express(call.args[0]!, scope)} === null)`,
};

export function expressBuiltin(name: string, call: Call, scope: Scope): string | null {
  return builtins[name]?.(call, scope) ?? null;
}

function core(name: string): Builtin {
  return (call, scope) => `${scope.file.runtime(name)}(${express(call.args[0]!, scope)})`;
}

function enumCall(name: string, call: Call, scope: Scope): string {
  return `${scope.file.runtime("Enum")}.${name}(${call.args.map((arg) => express(arg, scope)).join(", ")})`;
}

/** The position is one of the list's, which TypeScript asks to be told. */
function item({ args: [list, position] }: Call, scope: Scope): string {
  const isList = seen(list!, scope).kind === "list";
  return `${express(list!, scope)}[${express(position!, scope)}]${isList ? "!" : ""}`;
}

function duration(call: Call, scope: Scope): string | null {
  const ms = constantOf(call, scope);
  return typeof ms === "number" ? numberLiteral(ms) : null;
}

/** `data |> assign(:a, 1) |> assign(:b, 2)` is one object: `{ ...data, a: 1, b: 2 }`. */
function assign(call: Call, scope: Scope): string | null {
  const chain = assignChain(call, scope);
  if (!isRecord(known(chain.base, scope))) return null;
  const entries = chain.entries.map(({ key, value }) => property(keyText(key, scope), express(value, scope)));
  return `{ ...${express(chain.base, scope)}, ${entries.join(", ")} }`;
}

interface AssignChain {
  readonly base: Expr;
  readonly entries: readonly { readonly key: Expr; readonly value: Expr }[];
}

/** An update of keys that are known to be there is a link of the chain like an assign. */
function assignChain(expr: Expr, scope: Scope): AssignChain {
  if (expr.kind === "map" && expr.base && updatesKnownKeys(expr, scope)) {
    return { base: expr.base, entries: expr.entries };
  }
  if (expr.kind !== "call" || !isAssign(expr, scope)) return { base: expr, entries: [] };
  const [data, key, value] = expr.args;
  const inner = assignChain(data!, scope);
  return { base: inner.base, entries: [...inner.entries, { key: key!, value: value! }] };
}

function isAssign(call: Call, scope: Scope): boolean {
  const target = scope.facts.targetOf(call);
  return (
    target?.kind === "prelude" &&
    target.function.module === "Durable.Helpers" &&
    call.name.text === "assign" &&
    call.args.length === 3
  );
}

function assignAll(call: Call, scope: Scope): string | null {
  const [data, values] = call.args;
  if (!isRecord(known(data!, scope)) || !isRecord(known(values!, scope))) return null;
  return `{ ...${express(data!, scope)}, ...${express(values!, scope)} }`;
}

/** Everything but the ref and the call site is optional and stands only where it was written. */
function startWorkflow(call: Call, scope: Scope): string {
  const machine = scope.file.machine(workflowNamed(call, scope.facts));
  const given = ["queue", "priority"].flatMap((name) => {
    const value = optionOf(call, name);
    return value ? [`${name}: ${express(value, scope)}`] : [];
  });
  const ref = express(refOf(call, scope.facts), scope);
  const site = stringLiteral(scope.facts.idOf(call, "at"));
  const options = [`ref: ${ref}`, ...given, `site: ${site}`].join(", ");
  return `io.startWorkflow(${machine}, ${express(call.args[1]!, scope)}, { ${options} })`;
}
