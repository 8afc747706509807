/**
 * Group commit: transitions that are ready at the same time share one statement. Nothing waits for company: a lane takes
 * whatever is there as soon as it is free.
 */
import type { CommitResult, Transition } from "../store/store.ts";

export interface Committer {
  commit(transition: Transition): Promise<CommitResult>;
}

export interface CommitterOptions {
  readonly send: (transitions: readonly Transition[]) => Promise<readonly CommitResult[]>;
  /** Statements in flight. */
  readonly lanes: number;
  /** Transitions in one statement. */
  readonly batch: number;
}

interface Waiting {
  readonly transition: Transition;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

export function committer({ send, lanes, batch }: CommitterOptions): Committer {
  const queue: Waiting[] = [];
  let free = lanes;

  async function carry(taken: readonly Waiting[]): Promise<void> {
    try {
      const results = await send(taken.map(({ transition }) => transition));
      for (const [index, { resolve }] of taken.entries()) resolve(results[index]!);
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  }

  function fill(): void {
    while (free > 0 && queue.length > 0) {
      free -= 1;
      void carry(queue.splice(0, batch)).then(() => {
        free += 1;
        fill();
      });
    }
  }

  return {
    commit: (transition) =>
      new Promise((resolve, reject) => {
        queue.push({ transition, resolve, reject });
        // After everything that is ready in this turn of the event loop.
        queueMicrotask(fill);
      }),
  };
}
