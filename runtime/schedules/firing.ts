/**
 * Fires what is due. Claiming, starting and advancing are one statement of the store, so that any number of schedulers
 * may run; what was missed while none did collapses into one run, because the next one is computed from now.
 */
import { DurableError } from "../errors.ts";
import { newId } from "../ids.ts";
import { inputIssues, issuesText } from "../input.ts";
import { failure } from "../interpreter/failure.ts";
import type { Registry } from "../registry.ts";
import type { Schedule } from "../store/schedules.ts";
import type { ExecutionError, Store } from "../store/store.ts";
import { SILENT, type Telemetry } from "../telemetry.ts";
import { nextRun } from "./cron.ts";

/** Failures in a row that turn a schedule off. */
const DISABLE_AFTER = 5;
const AT_ONCE = 100;

/** How many were due. */
export async function fireDue(store: Store, registry: Registry, telemetry: Telemetry = SILENT): Promise<number> {
  const due = await store.dueSchedules(AT_ONCE);
  if (due.length === 0) return 0;
  const now = await store.now();
  const judged = due.map((schedule) => ({ schedule, ...judge(registry, schedule, now) }));
  const good = judged.filter(({ error }) => error === null);
  await fire(store, telemetry, good);
  for (const { schedule, next, error } of judged) {
    if (error === null) continue;
    await store.failSchedule({ ...claimOf(schedule), nextRunAt: next, error, disableAfter: DISABLE_AFTER });
  }
  return due.length;
}

interface Judged {
  readonly schedule: Schedule;
  readonly next: string | null;
}

async function fire(store: Store, telemetry: Telemetry, judged: readonly Judged[]): Promise<void> {
  const firings = await Promise.all(
    judged.map(({ schedule, next }) =>
      telemetry.starting(schedule, async (trace) => ({
        ...{ ...claimOf(schedule), nextRunAt: next, executionId: newId() },
        trace,
      })),
    ),
  );
  const results = await store.fireSchedules(firings);
  for (const [n, { schedule }] of judged.entries()) if (results[n] === "started") telemetry.started(schedule);
}

function claimOf({ name, nextRunAt }: Schedule) {
  return { name, dueAt: nextRunAt! };
}

/** When it runs next, and why it cannot be fired now. A workflow that is not known here is for other workers to judge. */
function judge(
  registry: Registry,
  schedule: Schedule,
  now: string,
): { next: string | null; error: ExecutionError | null } {
  try {
    const next = nextRun(schedule.cron, schedule.timezone, now);
    const machine = registry.find(schedule.module, schedule.workflow);
    const issues = machine === null ? [] : inputIssues(machine, schedule.input);
    return { next, error: issues.length === 0 ? null : failure("invalid_input", issuesText(issues)) };
  } catch (thrown) {
    if (!(thrown instanceof DurableError)) throw thrown;
    return { next: null, error: failure(thrown.code, thrown.message) };
  }
}
