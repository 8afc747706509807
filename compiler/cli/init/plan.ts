/** What `init` is to do with each file, decided before anything is written. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../project/user-error.ts";
import { extendManifest } from "./manifest.ts";
import type { ProjectFile } from "./template.ts";

/** `kept` files are there already and stay as they are; `extended` ones only get what they lack. */
export type Action = "created" | "overwritten" | "extended" | "kept";

export interface PlannedFile {
  readonly path: string;
  readonly action: Action;
  readonly text: string;
}

/** Existing files stay, unless `force` says otherwise; package.json and .gitignore get what is missing in any case. */
export function plan(files: readonly ProjectFile[], folder: string, force: boolean): PlannedFile[] {
  return files.map(({ path, text }) => {
    const before = read(join(folder, path));
    if (before === null) return { path, action: "created", text };
    const wanted = extensions[path]?.(before, text, path) ?? (force ? text : before);
    if (wanted === before) return { path, action: "kept", text: before };
    return { path, action: path in extensions ? "extended" : "overwritten", text: wanted };
  });
}

function read(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

const extensions: { readonly [path: string]: (before: string, wanted: string, path: string) => string } = {
  "package.json": extendManifest,
  ".gitignore": extendLines,
};

function extendLines(before: string, wanted: string): string {
  const plain = (line: string) => line.trim().replace(/^\/|\/$/g, "");
  const known = new Set(before.split("\n").map(plain));
  const missing = wanted.split("\n").filter((line) => line !== "" && !known.has(plain(line)));
  if (missing.length === 0) return before;
  return `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`;
}

/** Throws a `UserError` where it cannot write. */
export function carryOut(planned: readonly PlannedFile[], folder: string): void {
  for (const { path, action, text } of planned) {
    if (action === "kept") continue;
    const target = join(folder, path);
    try {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new UserError("environment", `Cannot write ${target}: ${reason}.`, "Choose another folder.");
    }
  }
}
