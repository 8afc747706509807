/** One subscription to the store's hints, shared by all who wait for an execution to end. */
import type { Store } from "../store/store.ts";
import { type Bell, bell } from "../worker/bell.ts";

export interface Endings {
  /** Rings when the execution may have ended, until `close`. */
  watch(id: string): Promise<{ readonly bell: Bell; readonly close: () => void }>;
  close(): Promise<void>;
}

export function endingsOf(store: Pick<Store, "listen">): Endings {
  const watched = new Map<string, Set<Bell>>();
  let listening: Promise<() => Promise<void>> | null = null;
  const listen = () =>
    store.listen(({ ended }) => {
      for (const one of watched.get(ended ?? "") ?? []) one.ring();
    });
  return {
    watch: async (id) => {
      listening ??= listen();
      await listening;
      const one = bell();
      const same = watched.get(id) ?? new Set();
      watched.set(id, same.add(one));
      return { bell: one, close: () => void (same.delete(one) && same.size === 0 && watched.delete(id)) };
    },
    close: async () => {
      await (await listening)?.();
    },
  };
}
