/**
 * What is ready at the same time shares one statement. Nothing waits for company: a lane takes whatever is there as soon as it
 * is free.
 */

export interface GroupingOptions<Item, Result> {
  /** The results in the order of the items. */
  readonly send: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Statements in flight. */
  readonly lanes: number;
  /** Items in one statement. */
  readonly batch: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** A function that sends each item with those that are ready beside it. */
export function grouping<Item, Result>({
  send,
  lanes,
  batch,
}: GroupingOptions<Item, Result>): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = [];
  let free = lanes;

  async function carry(taken: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await send(taken.map(({ item }) => item));
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

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      // After everything that is ready in this turn of the event loop.
      if (queue.length === 1) queueMicrotask(fill);
    });
}
