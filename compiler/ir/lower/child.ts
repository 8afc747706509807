/** What `call_workflow` and `start_workflow` say about the child: which workflow, under which ref. */
import type { Call, Expr, ListExpr, Literal } from "../../ast/nodes.ts";
import { defaultRef } from "../../flow/default-ref.ts";
import type { ResolvedWorkflow } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import type { Facts } from "./facts.ts";

export function isStart(call: Call, facts: Facts): boolean {
  const target = facts.targetOf(call);
  return target?.kind === "prelude" && target.function.effect === "starts";
}

/** The workflow that `workflow:` picks, or the first of the module. */
export function workflowNamed(call: Call, facts: Facts): ResolvedWorkflow {
  const found = facts.childOf(call);
  if (!found) throw new Error(`internal: ${call.name.text} names no workflow, and resolution did not report it`);
  return found;
}

export function defaultRefOf(call: Call, facts: Facts): Literal {
  return atom(defaultRef(workflowNamed(call, facts)), call.span);
}

export function refOf(call: Call, facts: Facts): Expr {
  return optionOf(call, "ref") ?? defaultRefOf(call, facts);
}

/** A keyword option of an orchestration call. */
export function optionOf(call: Call, name: string): Expr | null {
  return keywordsOf(call.args[2] as ListExpr | undefined).find((option) => option.name === name)?.value ?? null;
}

/** The pairs of a keyword list. */
export function keywordsOf(list: ListExpr | undefined): { readonly name: string; readonly value: Expr }[] {
  return (list?.items ?? []).flatMap((item) => {
    const [key, value] = item.kind === "tuple" ? item.items : [];
    return key?.kind === "literal" && value ? [{ name: String(key.value), value }] : [];
  });
}

export function atom(value: string, span: Span): Literal {
  return { kind: "literal", span, type: "atom", value };
}
