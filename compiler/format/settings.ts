/** What a project's prettier set-up says about a file: how long lines may get, and whether it is to be left alone. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../project/user-error.ts";
import { defaultLineWidth } from "./format.ts";

const IGNORE_FILE = ".prettierignore";

export interface Settings {
  /** Of the configuration that is nearest to the file, an `.editorconfig` included. */
  readonly lineWidth: (path: string) => Promise<number>;
  /** True for what `.prettierignore` in the current folder lists. */
  readonly ignores: (path: string) => Promise<boolean>;
}

export async function createSettings(cwd: string): Promise<Settings> {
  const { getFileInfo, resolveConfig } = await import("prettier");
  const ignorePath = resolve(cwd, IGNORE_FILE);
  const hasIgnores = existsSync(ignorePath);
  return {
    async lineWidth(path) {
      const config = await resolveConfig(resolve(cwd, path), { editorconfig: true }).catch(unreadable);
      const width = config?.printWidth;
      return typeof width === "number" && width > 0 ? width : defaultLineWidth;
    },
    async ignores(path) {
      if (!hasIgnores) return false;
      const { ignored } = await getFileInfo(resolve(cwd, path), { ignorePath, resolveConfig: false });
      return ignored;
    },
  };
}

function unreadable(thrown: unknown): never {
  const [reason = ""] = (thrown instanceof Error ? thrown.message : String(thrown)).split("\n");
  throw new UserError("environment", `The prettier configuration cannot be read: ${reason}`, "Mend it, or remove it.");
}
