/**
 * Tells others what a statement did. Hints within this process arrive at once; those for other processes go out through
 * NOTIFY, gathered for a few milliseconds and in a statement of their own, because a commit that carries a NOTIFY takes a
 * lock that all such commits of the server share, until the disk has answered. Only the first after a pause may travel in
 * the commit itself, and only while no other commit carries one. A hint may be lost: polling finds the same, later.
 */
import type { Database, Statement } from "./database.ts";
import { storeError } from "./resend.ts";

export interface Hint {
  /** Queues in which something may have become claimable. */
  readonly queues: readonly string[];
  /** Executions that have ended. */
  readonly ended: readonly string[];
  /** The commit has told other processes itself. */
  readonly told?: boolean;
}

export type HintListener = (message: { readonly queue?: string; readonly ended?: string }) => void;

export interface Hints {
  send(hint: Hint): void;
  /** The channel on which the next commit may tell others itself; null when it must not. */
  carrier(): string | null;
  listen(listener: HintListener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export const NOTIFY: Statement = {
  name: "durable_notify",
  text: `SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload`,
};

const GATHER_MS = 5;

/** Bytes: NOTIFY takes no more than 8,000, with the letter before the name. What is longer is not told of. */
const LONGEST = 7_990;

/** Held by the one commit that carries notifications. Any number that nobody else uses. */
const CARRYING = 8_301_720_115;

/** SQL that tells of a queue in the commit of its statement, and says whether it does: nobody waits to be the one. */
export function carries(channel: string, queue: string): string {
  return `(CASE
    WHEN ${channel} IS NOT NULL AND octet_length(${queue}) < ${LONGEST} AND pg_try_advisory_xact_lock(${CARRYING})
    THEN pg_notify(${channel}, 'q:' || ${queue}) IS NOT NULL ELSE false END)`;
}

/** `channel` is shared by all stores of one schema. */
export function hints(database: Database, channel: string): Hints {
  const listeners = new Set<HintListener>();
  const gathered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let sending: Promise<unknown> = Promise.resolve();

  const quiet = (): boolean => timer === undefined && performance.now() - flushedAt >= GATHER_MS;

  const flush = (): void => {
    timer = undefined;
    flushedAt = performance.now();
    const payloads = [...gathered];
    gathered.clear();
    // Losing one is allowed; the statements whose failure matters will tell that the server is away.
    sending = database.query(NOTIFY, [channel, payloads]).catch(() => undefined);
  };

  return {
    send: (hint) => {
      const payloads = payloadsOf(hint);
      for (const payload of payloads) deliver(listeners, payload);
      if (database.listen === null || payloads.length === 0) return;
      if (hint.told) {
        flushedAt = performance.now();
        return;
      }
      for (const payload of payloads) gathered.add(payload);
      // The first after a pause goes at once: on an idle system somebody waits for just this one.
      if (quiet()) flush();
      else timer ??= setTimeout(flush, GATHER_MS);
    },
    carrier: () => (database.listen !== null && quiet() ? channel : null),
    listen: async (listener) => {
      listeners.add(listener);
      const stop = await listening(database, channel, listener);
      return async () => {
        listeners.delete(listener);
        await stop?.();
      };
    },
    close: async () => {
      if (timer !== undefined) {
        clearTimeout(timer);
        flush();
      }
      await sending;
    },
  };
}

async function listening(
  database: Database,
  channel: string,
  listener: HintListener,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await database.listen?.(channel, (payload) => listener(parse(payload)));
  } catch (error) {
    throw storeError(error, database.address);
  }
}

function deliver(listeners: ReadonlySet<HintListener>, payload: string): void {
  for (const listener of listeners) listener(parse(payload));
}

/** Notifies in the transaction that `database` is, whose commit sends it. */
export async function announce(database: Database, channel: string, hint: Hint): Promise<void> {
  const payloads = payloadsOf(hint);
  if (payloads.length > 0) await database.query(NOTIFY, [channel, payloads]);
}

/** `q:` and a queue, or `e:` and an execution. */
function payloadsOf({ queues, ended }: Hint): readonly string[] {
  const payloads = [...queues.map((queue) => `q:${queue}`), ...ended.map((id) => `e:${id}`)];
  return payloads.filter((payload) => Buffer.byteLength(payload) < LONGEST);
}

function parse(payload: string): { readonly queue?: string; readonly ended?: string } {
  const rest = payload.slice(2);
  return payload.startsWith("q:") ? { queue: rest } : { ended: rest };
}
