/** Opens a workflow's drawing: as a page in the editor where it can show one, else as the answer of the command. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ErrorCodes, type ExecuteCommandParams, ResponseError } from "vscode-languageserver/node";
import type { Workspace } from "../workspace/workspace.ts";
import { graphPage, SHOW_GRAPH } from "./code-lens.ts";

/** Opens a file in the editor; null where the editor cannot. */
export type ShowDocument = ((uri: string) => Promise<unknown>) | null;

/** Gives the Markdown of the page. */
export async function runCommand(
  { command, arguments: given = [] }: ExecuteCommandParams,
  workspace: Workspace,
  show: ShowDocument,
): Promise<string | null> {
  const [uri, id] = given as readonly unknown[];
  if (command !== SHOW_GRAPH || typeof uri !== "string" || typeof id !== "string") {
    throw new ResponseError(ErrorCodes.InvalidParams, `durablec: ${command} is no command, or lacks its arguments.`);
  }
  const { project } = workspace.locate(uri);
  await project.settle();
  const page = graphPage(project.snapshot(), id);
  if (page !== null && show !== null) await show(pathToFileURL(write(id, page)).href);
  return page;
}

/** A file of its own, so that a drawing that is still open is not changed under the reader. */
function write(id: string, page: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "durablec-graph-")), `${id.replace(/[^\w.-]+/g, "-")}.md`);
  writeFileSync(file, page);
  return file;
}
