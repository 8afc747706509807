/** Group commit: transitions that are ready at the same time share one statement. */
import { type GroupingOptions, grouping } from "../grouping.ts";
import type { CommitResult, Transition } from "../store/store.ts";

export interface Committer {
  commit(transition: Transition): Promise<CommitResult>;
}

export function committer(options: GroupingOptions<Transition, CommitResult>): Committer {
  return { commit: grouping(options) };
}
