/** The metrics: what is counted and measured, under which names. */
import { type Meter, type ObservableResult, ValueType } from "@opentelemetry/api";
import type { Backlog, Labels, Telemetry } from "../telemetry.ts";

export function instrumentsOf(meter: Meter): Omit<Telemetry, "starting" | "segment"> {
  const int = { valueType: ValueType.INT };
  const started = meter.createCounter("durable.executions.started", { ...int, description: "Executions created" });
  const ended = meter.createCounter("durable.executions.ended", { ...int, description: "Executions ended, by status" });
  const attempts = meter.createHistogram("durable.step.duration", {
    unit: "s",
    description: "From the start of an attempt of a step to its end, waits included, by status",
  });
  const claims = meter.createCounter("durable.claims", { ...int, description: "Executions that workers took" });
  const commits = meter.createHistogram("durable.commit.transitions", {
    ...int,
    description: "Transitions that shared one statement",
  });
  const due = meter.createObservableGauge("durable.queue.due", { ...int, description: "Due, and taken by nobody" });
  const lag = meter.createObservableGauge("durable.queue.lag", {
    unit: "s",
    description: "How long the first that is due has waited for a worker",
  });
  return {
    started: (of) => started.add(1, labels(of)),
    ended: (of, status) => ended.add(1, { ...labels(of), status }),
    attempted: (of, { step, kind, status, startedAt, endedAt }) =>
      attempts.record((Date.parse(endedAt) - Date.parse(startedAt)) / 1000, { ...labels(of), step, kind, status }),
    claimed: (queue, count) => claims.add(count, { queue }),
    committed: (count) => commits.record(count),
    serving: (backlogs) => {
      // Both gauges are read at once, so that the database is asked once.
      const observe = async (result: { observe: ObservableBatch }) => {
        for (const { queue, ...found } of await safely(backlogs)) {
          result.observe(due, found.due, { queue });
          result.observe(lag, found.lagMs / 1000, { queue });
        }
      };
      meter.addBatchObservableCallback(observe, [due, lag]);
      return () => meter.removeBatchObservableCallback(observe, [due, lag]);
    },
  };
}

type ObservableBatch = (
  instrument: ReturnType<Meter["createObservableGauge"]>,
  ...reading: Parameters<ObservableResult["observe"]>
) => void;

/** While the database is away there is nothing to tell. */
async function safely(backlogs: () => Promise<readonly Backlog[]>): Promise<readonly Backlog[]> {
  try {
    return await backlogs();
  } catch {
    return [];
  }
}

function labels({ module, workflow, queue }: Labels) {
  return { module, workflow, queue };
}
