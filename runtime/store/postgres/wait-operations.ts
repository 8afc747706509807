/** `WaitOperations` on Postgres. */
import type { AnswerResult, InputAnswer, WaitOperations } from "../inputs.ts";
import { apart } from "./batch.ts";
import type { Database } from "./database.ts";
import type { Hints } from "./hints.ts";
import { cancelWait } from "./queries/cancel-wait.ts";
import { provideInputs } from "./queries/provide-inputs.ts";
import { listInputs, listWaits } from "./queries/waits.ts";

export function waitOperations(database: Database, hint: Hints): WaitOperations {
  return {
    provideInputs: (answers) => provideAll(database, hint, answers),
    listInputs: (filter) => listInputs(database, filter),
    listWaits: (filter) => listWaits(database, filter),
    cancelWait: async (id, reason) => {
      const cancelled = await cancelWait(database, id, reason);
      hint.send(cancelled.hint);
      return cancelled.result;
    },
  };
}

async function provideAll(
  database: Database,
  hint: Hints,
  answers: readonly InputAnswer[],
): Promise<readonly AnswerResult[]> {
  const results: AnswerResult[] = [];
  for (const piece of apart(answers, ({ executionId }) => ({ own: [executionId] }))) {
    const provided = await provideInputs(database, piece);
    hint.send(provided.hint);
    results.push(...provided.results);
  }
  return results;
}
