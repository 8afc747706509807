/**
 * The app's TypeScript, for a program that is checked again and again. An answer stands until it is thrown away: to ask the
 * disk after every keystroke takes longer than the check. What reads TypeScript is loaded when something is first asked
 * for that nobody knows.
 */
import type { CompileInput, ForeignRequest } from "../../input.ts";
import { openForeignModules } from "../../project/foreign-modules.ts";
import type { ForeignModule } from "../../resolve/resolved.ts";

export interface ForeignMemory {
  readonly ask: CompileInput["foreign"];
  /** True when something was asked for that could not be answered without `load`. */
  readonly isWanting: () => boolean;
  readonly load: () => Promise<void>;
}

export function createForeignMemory(cwd: string): ForeignMemory {
  const modules = openForeignModules(cwd);
  const answers = new Map<string, ForeignModule | null>();
  let read: CompileInput["foreign"] | null = null;
  let isWanting = false;
  return {
    ask(request: ForeignRequest) {
      const key = JSON.stringify([request.name, request.specifier, request.from?.path ?? null]);
      const before = answers.get(key);
      if (before !== undefined) return before;
      const answer = (read ?? modules.known)(request);
      if (answer === null && read === null) isWanting = true;
      else answers.set(key, answer);
      return answer;
    },
    isWanting: () => isWanting,
    async load() {
      read = await modules.load();
      isWanting = false;
    },
  };
}
