/** Atoms that mean something where they stand: steps, compensations, keys, and the values of options. */
import { CompletionItemKind } from "vscode-languageserver/node";
import type { Compensate, Parallel, Step, Workflow, WorkflowItem } from "../../../ast/nodes.ts";
import { stepsOf } from "../../../resolve/rules/compensations.ts";
import { show } from "../../../types/show.ts";
import type { Cursor } from "../../cursor/cursor.ts";
import { environmentAt } from "../../cursor/module.ts";
import { pathTo } from "../../tree.ts";
import type { View } from "../../view.ts";
import type { Proposal } from "./item.ts";
import { keysOf } from "./keys.ts";
import { eventNames, refs, takesEvents } from "./known-names.ts";

/** By option, the atoms it takes. */
const choices: { readonly [option: string]: readonly string[] | undefined } = {
  on_error: ["fail_fast", "complete_all"],
  run: ["inline", "queued"],
  backoff: ["exponential", "linear", "constant"],
  overlap: ["allow", "skip"],
  timeout: ["infinity"],
  on_timeout: ["cancel", "fail"],
};

export function atoms(cursor: Cursor, view: View, offset: number): Proposal[] {
  const { call } = cursor;
  const path = pathTo(view.file, offset);
  const workflow = path.find((node): node is Workflow => node.kind === "workflow") ?? null;
  if (isGotoTarget(cursor) && workflow) return laterSteps(workflow, offset).map(stepProposal);
  if (call?.key === "compensate" && workflow) return handlersOf(workflow).map(handlerProposal);
  if (call?.key === "ref") return refs(cursor, view, environmentAt(view, offset)).filter(isAtom);
  if (takesEvents(cursor)) return eventNames(cursor, view).filter(isAtom);
  if (call && call.key !== null) return (choices[call.key] ?? []).map(atomProposal);
  if (call && /^parallel_(?:result|ok\?)$/.test(call.name) && workflow)
    return parallelSteps(workflow.items).map(stepProposal);
  if (call && takesKey(call.name, call.argument, call.piped)) return dataKeys(view, path);
  return cursor.inBraces ? ["ok", "error", "goto"].map(atomProposal) : [];
}

/** `{:goto, :`. A lone colon is a token of its own. */
function isGotoTarget({ before }: Cursor): boolean {
  const [comma, tag, brace] = before.filter(({ image }) => image !== ":");
  return comma?.image === "," && tag?.image === ":goto" && brace?.image === "{";
}

/** The steps that a goto may lead to: those that begin after the place, outside of parallel blocks. */
function laterSteps({ items }: Workflow, offset: number): Step[] {
  const at = items.findIndex(({ span }) => span.start <= offset && offset <= span.end);
  const [around, ...later] = at < 0 ? items : items.slice(at);
  const inner =
    around?.kind === "branch" ? around.clauses.filter(({ span }) => span.start <= offset && offset <= span.end) : [];
  const siblings = inner.flatMap((clause) => clause.items.filter(({ span }) => span.start > offset));
  return [...siblings, ...later].filter((item) => item.kind === "step");
}

function handlersOf({ items }: Workflow): Compensate[] {
  return items.filter((item) => item.kind === "compensate");
}

function parallelSteps(items: readonly WorkflowItem[]): Step[] {
  return items.flatMap((item) => (item.kind === "parallel" ? stepsOf((item as Parallel).items) : []));
}

const contextFunctions = /^(?:put|get|has|update|delete|append|increment)_context\??$/;
const dataFunctions: ReadonlySet<string> = new Set([
  "assign",
  "update",
  "append",
  "increment",
  "delete",
  "has_key?",
  "get",
  "fetch",
  "fetch!",
  "put",
  "pop",
]);

function takesKey(name: string, argument: number, piped: boolean): boolean {
  if (contextFunctions.test(name)) return argument === 0;
  return dataFunctions.has(name) && argument === (piped ? 0 : 1);
}

/** The keys that the data may have where a body runs. */
export function dataKeys({ snapshot: { program } }: View, path: ReturnType<typeof pathTo>): Proposal[] {
  const item = path.findLast(({ kind }) => kind === "step" || kind === "compensate" || kind === "branch");
  if (item?.kind !== "step" && item?.kind !== "compensate" && item?.kind !== "branch") return [];
  return keysOf(program.dataAt(item)).map(({ key, field }) => ({
    label: key,
    kind: CompletionItemKind.Field,
    detail: show(field.type),
  }));
}

/** Whether it needs no quotes behind its colon. */
function isAtom({ label }: Proposal): boolean {
  return /^[A-Za-z_]\w*[?!]?$/.test(label);
}

function stepProposal({ name, variant }: Step): Proposal {
  return { label: name.text, kind: CompletionItemKind.Method, detail: variant };
}

function handlerProposal({ name }: Compensate): Proposal {
  return { label: name.text, kind: CompletionItemKind.Event, detail: "compensate" };
}

function atomProposal(label: string): Proposal {
  return { label, kind: CompletionItemKind.EnumMember };
}
