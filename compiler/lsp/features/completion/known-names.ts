/** Events and refs: names that the author makes up, and means again elsewhere. */
import { CompletionItemKind } from "vscode-languageserver/node";
import type { Call, Expr, SourceFile } from "../../../ast/nodes.ts";
import { descendants } from "../../../ast/walk.ts";
import { defaultRef } from "../../../flow/default-ref.ts";
import { type Environment, meaningOf } from "../../../resolve/environment.ts";
import { optionOf } from "../../../resolve/options/call.ts";
import type { ResolvedWorkflow } from "../../../resolve/resolved.ts";
import type { Cursor } from "../../cursor/cursor.ts";
import type { View } from "../../view.ts";
import type { Proposal } from "./item.ts";

const waits = /^wait_for_(?:event|any|all|input|approval|choice|text|form)$/;

export function takesEvents({ call }: Cursor): boolean {
  return call !== null && call.key === null && waits.test(call.name) && (call.listAt ?? call.argument) === 0;
}

/** The events that are waited for elsewhere in the project. */
export function eventNames({ word }: Cursor, { file, snapshot }: View): Proposal[] {
  const found = [...snapshot.files.values()].flatMap((each) => {
    const events = callsIn(each).flatMap(({ name, args: [events] }) =>
      waits.test(name.text) && events ? [events] : [],
    );
    return namesIn(events, each === file ? word.start : null);
  });
  return proposals(found, "event", CompletionItemKind.Event);
}

/** The ref that the call would have by itself, and those of other calls in the file. */
export function refs(cursor: Cursor, { file }: View, environment: Environment | null): Proposal[] {
  const [first] = workflowsCalled(cursor, environment);
  const own = first ? proposals([defaultRef(first)], "the ref without `ref:`", CompletionItemKind.Value) : [];
  const written = callsIn(file).flatMap((call) => optionOf(call, "ref") ?? []);
  const others = namesIn(written, cursor.word.start).filter((name) => name !== own[0]?.label);
  return [...own.map((each) => ({ ...each, rank: 0 })), ...proposals(others, "ref", CompletionItemKind.Value)];
}

/** The workflows of the module that a call or start names. */
export function workflowsCalled({ call }: Cursor, environment: Environment | null): readonly ResolvedWorkflow[] {
  const name = call?.firsts[0]?.image;
  if (name === undefined || !environment) return [];
  const span = { start: 0, end: 0 };
  const meaning = meaningOf(environment, { kind: "moduleRef", span, name, erlang: false });
  return meaning.kind === "project" ? meaning.module.workflows : [];
}

function callsIn({ modules }: SourceFile): Call[] {
  return modules.flatMap(descendants).filter((node) => node.kind === "call");
}

/** The names written in these, but for the one that is being written. */
function namesIn(exprs: readonly Expr[], writtenAt: number | null): string[] {
  return exprs.flatMap(descendants).flatMap((node) => {
    if (node.kind !== "literal" || typeof node.value !== "string") return [];
    const isWritten = writtenAt !== null && node.span.start <= writtenAt && writtenAt <= node.span.end;
    return isWritten ? [] : [node.value];
  });
}

function proposals(names: readonly string[], detail: string, kind: CompletionItemKind): Proposal[] {
  return [...new Set(names)].map((label) => ({ label, kind, detail }));
}
