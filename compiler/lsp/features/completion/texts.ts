/** What can stand in a text that names something: workflows, events, refs, TypeScript files. */
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CompletionItemKind } from "vscode-languageserver/node";
import type { Environment } from "../../../resolve/environment.ts";
import type { Cursor } from "../../cursor/cursor.ts";
import type { View } from "../../view.ts";
import type { Proposal } from "./item.ts";
import { eventNames, refs, takesEvents, workflowsCalled } from "./known-names.ts";

export function texts(cursor: Cursor, view: View, environment: Environment | null): Proposal[] {
  const { call } = cursor;
  if (call?.name === "import" && call.key === "from") return scripts(cursor, view);
  if (takesEvents(cursor)) return eventNames(cursor, view);
  if (call?.key === "ref") return refs(cursor, view, environment);
  // `workflow: "…"` names one of the module that is called.
  if (call?.key !== "workflow") return [];
  return workflowsCalled(cursor, environment).map(({ name }) => ({ label: name, kind: CompletionItemKind.Class }));
}

const script = /\.[cm]?tsx?$/;

/** The TypeScript files and folders in the folder that has been written so far, as an import names them. */
function scripts({ word }: Cursor, { file: { source }, root }: View): Proposal[] {
  const written = /"([^"\n]*)$/.exec(source.text.slice(0, word.start))?.[1] ?? "";
  if (written === "") return ["./", "../"].map((label) => ({ label, kind: CompletionItemKind.Folder }));
  if (!/^\.\.?\/(?:.*\/)?$/.test(written)) return [];
  return entriesOf(join(dirname(resolve(root, source.path)), written)).flatMap((entry): Proposal[] => {
    if (entry.isDirectory()) return [{ label: `${entry.name}/`, kind: CompletionItemKind.Folder, rank: 6 }];
    const isScript = script.test(entry.name) && !/\.d\.[^/]*ts$/.test(entry.name);
    return isScript
      ? [{ label: entry.name.replace(script, ""), kind: CompletionItemKind.File, detail: entry.name }]
      : [];
  });
}

function entriesOf(folder: string) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  } catch {
    // There is no such folder, or not yet.
    return [];
  }
}
