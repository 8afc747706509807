/**
 * LISTEN on a connection of its own, made again when it is cut. What was notified in between is lost, which is why a
 * notification is only ever a hint.
 */
import type pg from "pg";

const RECONNECT_MS = 1_000;

type Notified = (payload: string) => void;

/**
 * Calls back for every notification of others until the returned function is called; what the sessions `ours` notify is
 * known here already. Resolves when the first connection listens.
 */
export function listening(
  connect: () => pg.Client,
  ours: ReadonlySet<number>,
): (channel: string, notified: Notified) => Promise<() => Promise<void>> {
  return async (channel, notified) => {
    let stopped = false;
    let client: pg.Client | undefined;
    let timer: NodeJS.Timeout | undefined;

    const again = (): void => {
      client = undefined;
      if (!stopped) timer = setTimeout(() => void open().catch(again), RECONNECT_MS).unref();
    };
    const open = async (): Promise<void> => {
      const fresh = connect();
      // Both events may come for one cut connection; only the first counts.
      const cut = (): void => {
        if (client === fresh) again();
      };
      fresh.on("error", cut).on("end", cut);
      fresh.on("notification", ({ processId, payload }) => {
        if (!ours.has(processId)) notified(payload ?? "");
      });
      await fresh.connect();
      await fresh.query(`LISTEN "${channel}"`);
      client = fresh;
      if (stopped) await fresh.end();
    };

    await open();
    return async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end();
    };
  };
}
