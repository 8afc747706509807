/** Writing a file so that it is at no time half written. */
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../project/user-error.ts";

/** The new text is written beside the file, or beside what a link leads to, and takes its place. */
export function replaceFile(path: string, cwd: string, text: string): void {
  const target = realpathSync(resolve(cwd, path));
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(beside, text, { mode: statSync(target).mode });
    renameSync(beside, target);
  } catch (thrown) {
    rmSync(beside, { force: true });
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UserError(
      "environment",
      `Cannot write ${path}: ${reason}.`,
      "Check the permissions of the file and its folder.",
    );
  }
}
