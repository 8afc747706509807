/** What tells, while workers come and go and afterwards, whether anything was lost, doubled or run again. */
import type { Machine } from "@durablec/runtime";
import type pg from "pg";
import { uptime } from "./effects.ts";
import type { Effect, Record } from "./processes.ts";
import type { Absence } from "./storm.ts";

export interface Witness {
  /** Remembers what is checkpointed now: from here on it must never run again. */
  look(client: pg.ClientBase): Promise<void>;
  /** The effects that came after their segment's checkpoint. */
  late(records: readonly Record[]): readonly Effect[];
}

/** Numbers are given before they are committed: a smaller one may become visible later. */
const OVERLAP = 2_000;

export function witnessOf(machines: readonly Machine[]): Witness {
  const statesOf = new Map(machines.map(({ module, states }) => [module, Object.keys(states)]));
  /** When each was first seen to be checkpointed. */
  const since = { steps: new Map<string, number>(), segments: new Map<string, number>() };
  let written = 0;
  return {
    look: async (client) => {
      const completed = await client.query<{ logical_id: string; state: string; written: string }>(COMPLETED, [
        written - OVERLAP,
      ]);
      const resting = await client.query<{ logical_id: string; module: string; states: readonly string[] }>(RESTING);
      const now = uptime();
      const remember = (seen: Map<string, number>, key: string): void => void (seen.has(key) || seen.set(key, now));
      for (const row of completed.rows) {
        written = Math.max(written, Number(row.written));
        remember(since.steps, `${row.logical_id} ${row.state}`);
      }
      for (const { logical_id, module, states } of resting.rows) {
        const earlier = states.flatMap((state) => before(state, statesOf.get(module) ?? []));
        for (const segment of earlier) remember(since.segments, `${logical_id} ${segment}`);
      }
    },
    late: (records) =>
      records.filter(isEffect).filter(({ execution, segment, at }) => {
        const step = since.steps.get(`${execution} ${stepOf(segment)}`) ?? Number.POSITIVE_INFINITY;
        return at > Math.min(step, since.segments.get(`${execution} ${segment}`) ?? Number.POSITIVE_INFINITY);
      }),
  };
}

const COMPLETED = `
  SELECT e.logical_id, h.state, h.written
  FROM durable.history h JOIN durable.executions e ON e.id = h.id AND e.root_id = h.root_id
  WHERE h.status = 'completed' AND h.written > $1`;

const RESTING = `
  SELECT logical_id, module, array_remove(
    array_append(ARRAY(SELECT b.value->>'state' FROM jsonb_each(branches) b), state), NULL) AS states
  FROM durable.executions WHERE state IS NOT NULL`;

/** The segments of a step that are over when it rests in this state. */
function before(state: string, order: readonly string[]): readonly string[] {
  const mine = order.filter((one) => stepOf(one) === stepOf(state));
  return mine.slice(0, Math.max(mine.indexOf(state), 0));
}

function stepOf(segment: string): string {
  return segment.split("@")[0]!;
}

export interface Overseer {
  /** Notes which worker holds what, and how much each has done by now. */
  look(client: pg.ClientBase, records: readonly Record[]): Promise<void>;
  /** What was held all the while that its worker, alive, had this much else to do: nobody runs it. */
  readonly forgotten: ReadonlySet<string>;
}

/** Effects of one worker; each of its executions comes to a transition within a few. */
const PATIENCE_EFFECTS = 300;

export function overseer(): Overseer {
  const since = new Map<string, number>();
  const forgotten = new Set<string>();
  return {
    look: async (client, records) => {
      const { rows } = await client.query<{ id: string; pid: number; epoch: number; seq: number }>(HELD);
      const done = new Map<number, number>();
      for (const { pid } of records.filter(isEffect)) done.set(pid, (done.get(pid) ?? 0) + 1);
      for (const { id, pid, epoch, seq } of rows) {
        const held = `${id} at epoch ${epoch}, seq ${seq} by ${pid}`;
        const now = done.get(pid) ?? 0;
        if (!since.has(held)) since.set(held, now);
        if (now - since.get(held)! > PATIENCE_EFFECTS) forgotten.add(held);
      }
    },
    forgotten,
  };
}

const HELD = `
  SELECT e.id, w.pid, e.epoch, e.seq
  FROM durable.executions e JOIN durable.workers w ON w.worker = e.owner WHERE e.kind <> 'inline'`;

export function isEffect(one: Record): one is Effect {
  return one.is === "effect";
}

/** Effects of workers that may have lost their lease while they, or the server, were away, and had not noticed yet. */
export function ofSleepers(
  effects: readonly Effect[],
  absences: readonly Absence[],
  leaseMs: number,
): readonly Effect[] {
  return effects.filter(({ pid, at }) =>
    absences.some((away) => (away.pid ?? pid) === pid && away.from <= at && at <= away.to + leaseMs),
  );
}

/** What must not be found in a database in which everything has ended; each query gives the ids that break its rule. */
const RULES: { readonly [rule: string]: string } = {
  "has not ended": "SELECT id FROM durable.executions WHERE NOT durable.ended(status)",
  "has ended and is held, waits, or is due":
    "SELECT id FROM durable.executions WHERE owner IS NOT NULL OR wait IS NOT NULL OR wake_at IS NOT NULL",
  "has a cancel that is not finished": "SELECT id FROM durable.executions WHERE cascading",
  "has completed a step twice": `
    SELECT id FROM durable.history WHERE status = 'completed'
    GROUP BY root_id, id, state, branch, compensates HAVING count(*) > 1`,
  "has attempts that do not count from one": `
    SELECT id FROM durable.history WHERE status <> 'aborted'
    GROUP BY root_id, id, state, branch, compensates HAVING max(attempt) <> count(*)`,
  "has two children of one ref": `
    SELECT parent_id FROM durable.executions WHERE parent_id IS NOT NULL AND kind <> 'branch'
    GROUP BY root_id, parent_id, ref HAVING count(*) > 1`,
  "has completed without its events": `
    SELECT m.logical_id FROM durable.mailbox m JOIN durable.executions e ON e.id = m.logical_id
    WHERE e.status = 'completed' AND m.consumed_by IS NULL`,
};

/** Every rule that is broken, and by whom. */
export async function broken(client: pg.ClientBase): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [rule, query] of Object.entries(RULES)) {
    const { rows } = await client.query({ text: query, rowMode: "array" });
    for (const [id] of rows as readonly string[][]) found.push(`${id} ${rule}`);
  }
  return found;
}
