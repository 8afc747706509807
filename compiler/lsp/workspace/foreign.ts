/**
 * The app's TypeScript, for a program that is checked again and again. An answer stands until it is thrown away: to ask the
 * disk after every keystroke takes longer than the check. What reads TypeScript is loaded when something is first asked
 * for that nobody knows.
 */
import type { CompileInput, ForeignRequest } from "../../input.ts";
import { openForeignModules } from "../../project/foreign-modules.ts";
import type { ForeignReader, ForeignReading } from "../../resolve/foreign.ts";

export interface ForeignMemory {
  readonly ask: CompileInput["foreign"];
  /** True when something was asked for that could not be answered without `load`. */
  readonly isWanting: () => boolean;
  readonly load: () => Promise<void>;
  /** Whether an answer may be another one once this file has changed; one that was not found may be found now. */
  readonly dependsOn: (file: string) => boolean;
}

export function createForeignMemory(cwd: string): ForeignMemory {
  const modules = openForeignModules(cwd);
  const answers = new Map<string, ForeignReading | null>();
  let read: ForeignReader | null = null;
  let isWanting = false;

  const answer = (request: ForeignRequest): ForeignReading | null => {
    const key = JSON.stringify([request.name, request.specifier, request.from?.path ?? null]);
    const before = answers.get(key);
    if (before !== undefined) return before;
    const found = (read ?? modules.known)(request);
    if (found === null && read === null) isWanting = true;
    else answers.set(key, found);
    return found;
  };
  return {
    ask: (request) => answer(request)?.module ?? null,
    isWanting: () => isWanting,
    async load() {
      read = await modules.load();
      isWanting = false;
    },
    dependsOn: (file) => [...answers.values()].some((found) => found === null || found.files.includes(file)),
  };
}
